"""Industry prefixes of TPQI's certificate codes, as far as seen in published codes.

Prefixes change with the industry's name (WNS to HDS); a new one is no fault, but worth a look.
"""

TPQI_PREFIXES = frozenset(
    {
        "CEC",
        "CIP",
        "CRA",
        "DG",
        "ECM",
        "EVM",
        "GPW",
        "HDS",
        "HLT",
        "ICT",
        "MLD",
        "PET",
        "RAC",
        "RAI",
        "TEX",
        "THR",
        "WNS",
    }
)
MADE_UP_PREFIXES = frozenset({"TST", "DGT"})
"""Of standards that projects make up for demonstrations and tests."""
