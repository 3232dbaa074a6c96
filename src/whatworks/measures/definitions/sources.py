"""Where the ways of counting come from."""

FOOTNOTES = (
    "Department for Education, Children looked after in England including adoptions: footnotes "
    "and methodology, as repeated in its children's social care outcomes and enablers dashboard."
)
LAIT = (
    "Department for Education, local authority interactive tool: description and method of the "
    "measure, 2026 data dictionary."
)
NEED = (
    "Department for Education, Children in need: published counts and rates by council, read as "
    "extracts of April 2026."
)
WORKFORCE = (
    "Department for Education, Children's social work workforce, 2017 to 2025: published counts "
    "and rates, from which the ways of counting were worked out."
)
CENSUSES = (
    "The published figure comes from each year’s census as amended up to its own date; ours from "
    "all the censuses that were loaded, the later believed where two tell of the same thing."
)
CODES = "SSDA903 code list as gathered in whatworks.reference."
GOLDACRE = (
    "Goldacre, Hood, Jones, King and Wang (2022), British Journal of Social Work 52(8), "
    "doi 10.1093/bjsw/bcac079."
)
PANEL = "published panel of councils by year in whatworks.reference"
SHORT_BREAKS = (
    "Children looked after only under an agreed series of short breaks (legal status V3 or V4) "
    "are not counted; how many rows that leaves out is shown beside the figures."
)
RETURNS = (
    "The published figure comes from returns as amended up to its own date; ours come from the "
    "returns that were loaded, with the repairs that are listed and counted."
)
