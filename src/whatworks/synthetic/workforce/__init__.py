"""The invented social workers of a council: their posts, their turnover, their census.

pool = workforce.pool(where, 2019, 2025)
pool.census(2024)                      one year's workforce census, ready to be written
workforce.csww_file(pool.census(2024)) the file that the council sends
pool.social_workers(people, since)     which social worker each looked-after child had
"""

from whatworks.synthetic.workforce.census import COLUMNS, Row, Tallies, WorkforceCensus
from whatworks.synthetic.workforce.file import FILE_NAME, csww_file
from whatworks.synthetic.workforce.pool import Pool, Worker, pool
from whatworks.synthetic.workforce.targets import years

__all__ = [
    "COLUMNS",
    "FILE_NAME",
    "Pool",
    "Row",
    "Tallies",
    "Worker",
    "WorkforceCensus",
    "csww_file",
    "pool",
    "years",
]
