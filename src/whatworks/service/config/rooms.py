"""The rooms of the service, in the order people see them. Adding a room is adding its line.

Each is a Django app with a ``room.py`` (``ROOM: Room``, see ``common/rooms.py``) and a ``urls.py``.
"""

ROOMS: tuple[str, ...] = (
    "whatworks.service.returns_desk",
    "whatworks.service.baseline",
    "whatworks.service.reconciling",
    "whatworks.service.england",
    "whatworks.service.rollout",
    "whatworks.service.decisions",
    "whatworks.service.evidence",
    "whatworks.service.burden",
)
