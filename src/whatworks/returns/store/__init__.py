"""The submission store: every return that was loaded, kept for good and never changed.

    WORKSPACE/workspace.json                        what kind of workspace this is
    WORKSPACE/councils/CODE/catalogue.sqlite        the council's submissions, and its ledger
                           /catalogue.sqlite.seal   digest of every byte of the catalogue
                           /submissions/ID/         NAME.parquet (typed), text.zip, problems.parquet
                           /originals/SHA256.gz     the files as they were sent
                           /staging/                a load that is under way

A submission exists when its row in the catalogue does. Files are made durable first and the row
is committed last, so a load that is killed leaves either all of itself or nothing; what it left
lying about is cleared by the next load of that council. The catalogue's write lock is held while
a load writes, so two loads of one council stand in line and neither can clear the other's work.

Rows as they were sent stay reachable in two ways: ``text_tables`` gives the text that the reader
saw, and ``original`` the bytes of each file (where the source was files).
"""

from whatworks.returns.store.disk import StoreError
from whatworks.returns.store.store import Store

__all__ = ["Store", "StoreError"]
