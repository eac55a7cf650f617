"""How the server is started."""

from competency_bank.cli.serving import server_command


def test_the_server_logs_no_addresses_and_knows_its_application() -> None:
    command = server_command("127.0.0.1", 8000, 2)
    assert "--no-access-log" in command
    assert "competency_bank.web.worker_app:app_from_environment" in command
    assert command[command.index("--workers") + 1] == "2"
