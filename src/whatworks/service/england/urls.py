"""Addresses of England: councils by code, measures by the name of their definition."""

from django.urls import path

from whatworks.service.england import keeping, views

ENGLAND = "england/"

urlpatterns = [
    path(ENGLAND, views.start, name="england"),
    path(f"{ENGLAND}councils/", views.councils, name="england_councils"),
    path(f"{ENGLAND}councils/<str:code>/", views.one_council, name="england_council"),
    path(
        f"{ENGLAND}councils/<str:code>/figures.<str:form>",
        views.council_file,
        name="england_council_file",
    ),
    path(f"{ENGLAND}measures/<str:measure>/", views.one_measure, name="england_measure"),
    path(
        f"{ENGLAND}measures/<str:measure>/figures.<str:form>",
        views.measure_file,
        name="england_measure_file",
    ),
    path(f"{ENGLAND}compare/", views.group, name="england_group"),
    path(f"{ENGLAND}compare/keep/", keeping.keep, name="england_keep"),
    path(f"{ENGLAND}compare/kept/<str:group>/", keeping.kept, name="england_kept"),
    path(f"{ENGLAND}compare/choose/", views.choose, name="england_choose"),
    path(f"{ENGLAND}compare/figures.<str:form>", views.group_file, name="england_group_file"),
]
