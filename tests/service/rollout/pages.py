"""The pages of this room, and what they say."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

from django.urls import reverse

BY = "system:test"


def text_of(answer: Any) -> str:
    words = re.sub(r"<(script|style)[^>]*>.*?</\1>|<[^>]+>", " ", answer.content.decode())
    return re.sub(r"\s+", " ", unescape(words)).strip()


def record_page(council: str = "301") -> str:
    return reverse("rollout_record", kwargs={"council": council})
