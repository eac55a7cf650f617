"""The program: one ``typer`` application, assembled from a module for each noun."""

from competency_bank.cli import (
    archive_verbs,
    backup_verbs,
    badge_verbs,
    bank_verbs,
    certificate_verbs,
    course_verbs,
    erasing_verb,
    key_verbs,
    learner_verbs,
    log_verbs,
    mandate_verbs,
    revision_verbs,
    serving,
    standard_verbs,
    witness_verbs,
)
from competency_bank.cli.beginning import new_program

program = new_program()
for noun in (
    bank_verbs,
    serving,
    learner_verbs,
    certificate_verbs,
    archive_verbs,
    badge_verbs,
    erasing_verb,
    backup_verbs,
):
    program.add_typer(noun.verbs)
standard_verbs.verbs.add_typer(revision_verbs.verbs)
program.add_typer(standard_verbs.verbs, name="standard", help="Occupational standards.")
program.add_typer(course_verbs.verbs, name="course", help="Courses and their mapping to units.")
program.add_typer(learner_verbs.people, name="people", help="Learners, teachers, staff.")
program.add_typer(learner_verbs.classes, name="class", help="Classes and enrolments.")
log_verbs.log.add_typer(witness_verbs.witness)
program.add_typer(log_verbs.log, name="log", help="The transparency log.")
program.add_typer(key_verbs.key, name="key", help="Keys and the trust list.")
program.add_typer(mandate_verbs.mandate, name="mandate", help="Mandates of schools.")
