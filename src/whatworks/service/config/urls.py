"""Every address of the service. Pages open to all are listed in ``common/public.py``."""

from __future__ import annotations

from django.conf import settings
from django.urls import include, path

from whatworks.service.config.rooms import ROOMS

urlpatterns = [
    path("", include("whatworks.service.home.urls")),
    path("", include("whatworks.service.common.urls")),
    path("", include("whatworks.service.definitions.urls")),
    path("", include("whatworks.service.closeness.urls")),
    path("", include("whatworks.service.children.urls")),
    path("", include("whatworks.service.accounts.urls")),
    *(path("", include(f"{room}.urls")) for room in ROOMS),
]

if settings.ENVIRONMENT.oidc is not None:
    urlpatterns.append(path("sign-in/", include("whatworks.service.accounts.provider_urls")))

handler400 = "whatworks.service.common.errors.bad_request"
handler403 = "whatworks.service.common.errors.refused"
handler404 = "whatworks.service.common.errors.not_found"
handler500 = "whatworks.service.common.errors.failed"
handler429 = "whatworks.service.common.errors.too_many"
