"""Compile the stylesheet if anything it is made from has changed (``--dev``: for the tests too)."""

from whatworks.service.styles.__main__ import main

raise SystemExit(main())
