"""Returns of care and censuses of need, written to be linked: what the worked examples count."""

from __future__ import annotations

from collections.abc import Mapping

Written = Mapping[str, Mapping[int, Mapping[str, str]]]

HOME: Written = {
    "ssda903": {
        2023: {
            "Header": """
    CHILD  SEX  DOB
    Ada    2    2012-02-01
    Bo     1    2012-02-01
    Cy     2    2012-02-01
    Di     1    2012-02-01
    Ed     1    2005-06-01
    Flo    2    2012-02-01
    Gil    1    2012-02-01
    """,
            "Episodes": """
    CHILD  DECOM       RNE  LS  PLACE  DEC         REC
    Ada    2021-01-01  S    V2  U6     2022-06-10  E4A
    Bo     2021-01-01  S    V2  U6     2022-06-10  E4B
    Cy     2021-01-01  S    V2  U6     2022-06-10  E4A
    Di     2021-01-01  S    V2  U6     2022-06-10  E4A
    Ed     2021-01-01  S    V2  U6     2022-06-10  E4A
    Flo    2021-01-01  S    V2  U6     2022-06-10  E4A
    Gil    2021-01-01  S    V2  U6     2022-06-10  E4B
    Gil    2022-07-10  S    V2  U6     .           .
    """,
        },
        2024: {
            "Header": """
    CHILD  SEX  DOB
    Gil    1    2012-02-01
    """,
            "Episodes": """
    CHILD  DECOM       RNE  LS  PLACE  DEC         REC
    Gil    2022-07-10  S    V2  U6     .           .
    """,
        },
    },
    "cin": {
        2023: {
            "ChildIdentifiers": """
    LAchildID  PersonBirthDate  GenderCurrent
    Ada        2012-02-01       2
    Bo         2012-02-01       1
    Cy         2012-02-01       2
    Di         2012-02-01       1
    Ed         2005-06-01       1
    Flo        2016-05-05       1
    Gil        2012-02-01       1
    """,
            "CINdetails": """
    LAchildID  CINdetailsID  CINreferralDate  ReferralSource  CINclosureDate  ReferralNFA
    Ada        1             2020-12-01       5A              2022-09-18      0
    Ada        2             2023-02-01       1A              .               0
    Bo         3             2020-12-01       5A              2022-06-10      0
    Bo         4             2022-07-08       5A              2022-08-07      0
    Cy         5             2020-12-01       5A              .               0
    Di         6             2020-12-01       5A              2022-06-10      0
    Ed         7             2020-12-01       5A              .               0
    Flo        8             2020-12-01       5A              .               0
    Gil        9             2020-12-01       5A              2022-06-20      0
    Gil        10            2022-07-01       6               .               0
    """,
            "Section47": """
    LAchildID  CINdetailsID  S47ActualStartDate
    Ada        2             2023-02-06
    """,
            "ChildProtectionPlans": """
    LAchildID  CINdetailsID  CPPstartDate  CPPendDate
    Ada        2             2023-02-20    .
    """,
        },
        2024: {
            "ChildIdentifiers": """
    LAchildID  PersonBirthDate  GenderCurrent
    Ada        2012-02-01       2
    Cy         2012-02-01       2
    Di         2012-02-01       1
    Ed         2005-06-01       1
    Flo        2016-05-05       1
    Gil        2012-02-01       1
    """,
            "CINdetails": """
    LAchildID  CINdetailsID  CINreferralDate  ReferralSource  CINclosureDate  ReferralNFA
    Ada        2             2023-02-01       1A              2023-05-12      0
    Cy         5             2020-12-01       5A              .               0
    Di         11            2023-06-11       1A              .               0
    Ed         7             2020-12-01       5A              .               0
    Flo        8             2020-12-01       5A              .               0
    Gil        10            2022-07-01       6               .               0
    """,
            "ChildProtectionPlans": """
    LAchildID  CINdetailsID  CPPstartDate  CPPendDate
    Ada        2             2023-02-20    2023-05-12
    """,
        },
    },
}
ED_AND_FLO = (
    "Ed was 17 on the day of the return: left out. Flo’s number is another child’s in the census, "
    "born on another day and of another sex: left out, and nothing of that child’s is taken."
)

CAME: Written = {
    "ssda903": {
        2023: {"Episodes": "CHILD  DECOM  RNE  LS  PLACE  DEC  REC"},
        2024: {
            "Header": """
    CHILD  SEX  DOB
    Ada    2    2012-02-01
    Bo     1    2012-02-01
    Cy     2    2012-02-01
    Di     1    2008-02-01
    Ed     1    2012-02-01
    Flo    2    2012-02-01
    """,
            "Episodes": """
    CHILD  DECOM       RNE  LS  PLACE  DEC  REC
    Ada    2023-10-01  S    V2  U6     .    .
    Bo     2023-10-01  S    V2  U6     .    .
    Cy     2023-10-01  S    V2  U6     .    .
    Di     2023-10-01  S    V2  U6     .    .
    Ed     2023-10-01  S    V2  U6     .    .
    Flo    2023-10-01  S    V2  U6     .    .
    """,
            "UASC": """
    CHILD  SEX  DOB         DUC
    Di     1    2008-02-01  .
    """,
        },
    },
    "cin": {
        2023: {
            "CINdetails": """
    LAchildID  CINdetailsID  CINreferralDate  CINclosureDate  ReferralNFA
    Cy         1             2022-12-01       .               1
    Flo        2             2022-09-30       .               1
    """,
        },
        2024: {
            "CINdetails": """
    LAchildID  CINdetailsID  CINreferralDate  CINclosureDate  ReferralNFA
    Ada        3             2023-06-23       .               0
    Bo         4             2023-10-01       .               0
    Cy         5             2023-10-01       .               0
    Di         6             2023-10-01       .               0
    Flo        7             2023-10-01       2024-03-31      0
    """,
            "ChildProtectionPlans": """
    LAchildID  CINdetailsID  CPPstartDate  CPPendDate
    Ada        3             2023-07-10    .
    """,
        },
    },
}
DI_AND_ED = (
    "Di came alone to seek asylum, and Ed is in no census: left out, each by name.",
    "Nothing speaks against the numbers that the others have in both returns, so they are linked.",
)

ASKED: Written = {
    "ssda903": {
        2023: {
            "Episodes": """
    CHILD  DECOM       RNE  LS  PLACE  DEC         REC
    Ada    2021-01-01  S    V2  U6     2022-10-01  E4A
    """
        },
        2024: {"Episodes": "CHILD  DECOM  RNE  LS  PLACE  DEC  REC"},
        2025: {"Episodes": "CHILD  DECOM  RNE  LS  PLACE  DEC  REC"},
    },
    "cin": {
        2023: {
            "CINdetails": """
    LAchildID  CINdetailsID  CINreferralDate  ReferralSource  CINclosureDate  ReferralNFA
    Ada        1             2020-12-01       5A              2022-09-01      0
    Bo         2             2022-05-01       5A              2023-02-01      0
    Cy         3             2022-05-01       5A              2023-02-01      0
    Di         4             2022-05-01       5A              2023-02-01      0
    Ed         5             2022-05-01       5A              2023-02-01      0
    Flo        6             2022-05-01       5A              2022-05-31      0
    Gil        7             2022-05-01       5A              2023-02-01      0
    """
        },
        2024: {
            "CINdetails": """
    LAchildID  CINdetailsID  CINreferralDate  ReferralSource  CINclosureDate  ReasonForClosure  ReferralNFA
    Ada        11            2023-10-01       1A              .               .                 0
    Bo         12            2023-06-01       1C              2023-12-01      RC7               0
    Cy         13            2023-06-01       1A              .               .                 1
    Di         14            2023-06-01       1A              2023-07-20      RC9               0
    Ed         15            2023-06-01       1B              .               .                 0
    Flo        16            2023-06-01       1A              .               .                 0
    Gil        17            2023-06-01       1A              .               .                 0
    """,
            "ChildProtectionPlans": """
    LAchildID  CINdetailsID  CPPstartDate  CPPendDate
    Gil        17            2023-08-01    .
    """,
        },
        2025: {
            "CINdetails": """
    LAchildID  CINdetailsID  CINreferralDate  ReferralSource  CINclosureDate  ReferralNFA
    Ada        11            2023-10-01       1A              .               0
    """,
            "Section47": """
    LAchildID  CINdetailsID  S47ActualStartDate
    Ada        11            2024-10-01
    """,
        },
    },
}
WHO_ASKED = (
    "Ada’s family asked on the last day of the 12 months after the return home. Bo, Cy, Di and Gil "
    "asked, or their families did, four months after a case was closed.",
    "Ed was referred by a neighbour (1B), and Flo’s family asked more than 12 months after the "
    "case was closed: neither is counted.",
)
