"""Studies of published examples: estimates and variances, or counts, with where they stand."""

from __future__ import annotations

from evidence.numbers.statistics.effect import log_odds_ratio, risk_difference
from tests.numbers.statistics.references import read

Studies = tuple[list[float], list[float]]


def metafor(name: str) -> Studies:
    """Return a data set of R's metafor, by the name in reference/pooling.json."""
    case = next(each for each in read("pooling") if each["set"] == name)
    return case["estimates"], case["variances"]


# Colditz et al., JAMA 1994;271:698-702: thirteen trials of the BCG vaccine
BCG_RISK_RATIO = metafor("dat.bcg, log risk ratio")
BCG_ODDS_RATIO = metafor("dat.bcg, log odds ratio")
BCG_RISK_DIFFERENCE = metafor("dat.bcg, risk difference")
# Raudenbush, J Educ Psychol 1984;76:85-97: what teachers expect of pupils
RAUDENBUSH = metafor("dat.raudenbush1985")
# Collins, Yusuf and Peto, BMJ 1985;290:17-23: diuretics in pregnancy
PRE_ECLAMPSIA = metafor("dat.collins1985b, pre-eclampsia")
# Pignon et al., Lancet 2000;355:949-955: chemotherapy added in head and neck cancer
PIGNON = metafor("dat.pignon2000")
# Lee and Done, Cochrane Database Syst Rev 2004: acupuncture at P6 against nausea
LEE = metafor("dat.lee2004, log odds ratio")
# Normand, Stat Med 1999;18:321-359, Table VIII: days in hospital, specialist less routine care
DAYS_IN_HOSPITAL = metafor("dat.normand1999, mean difference")

# Viechtbauer, J Educ Behav Stat 2005;30:261-293, the two examples
VIECHTBAUER_1: Studies = (
    [-0.581, 0.530, 0.771, 1.031, 0.553, 0.295, 0.078, 0.573, -0.176, -0.232],
    [0.023, 0.052, 0.060, 0.115, 0.095, 0.203, 0.200, 0.211, 0.051, 0.040],
)
VIECHTBAUER_2: Studies = (
    [0.100, -0.162, -0.090, -0.049, -0.046, -0.010, -0.431, -0.261, 0.134, 0.019, 0.175, 0.056,
     0.045, 0.103, 0.121, -0.482, 0.290, 0.342],
    [0.016, 0.015, 0.050, 0.050, 0.032, 0.052, 0.036, 0.024, 0.034, 0.033, 0.031, 0.034,
     0.039, 0.167, 0.134, 0.096, 0.016, 0.035],
)  # fmt: skip
# The same, Table III: deaths with lidocaine and without, from Hine et al. 1989
LIDOCAINE = [
    ((2, 39), (1, 43)),
    ((4, 44), (4, 44)),
    ((6, 107), (4, 110)),
    ((7, 103), (5, 100)),
    ((7, 110), (3, 106)),
    ((11, 154), (4, 146)),
]
# DerSimonian and Kacker, Contemp Clin Trials 2007;28:105-114, Table 1: aspirin in pre-eclampsia
CLASP = [
    ((5, 156), (8, 74)),
    ((5, 303), (17, 303)),
    ((12, 565), (9, 477)),
    ((69, 1570), (94, 1565)),
    ((9, 103), (11, 105)),
    ((313, 4659), (352, 4650)),
]


def lidocaine() -> Studies:
    """Return Normand's risk differences in percentage points."""
    effects = [risk_difference(*arms) for arms in LIDOCAINE]
    return [100 * each.estimate for each in effects], [10000 * each.variance for each in effects]


def clasp() -> Studies:
    """Return the log odds ratios of the CLASP example."""
    effects = [log_odds_ratio(*arms) for arms in CLASP]
    return [each.estimate for each in effects], [each.variance for each in effects]
