"""The studio's own pages, under /studio/. Every view wears studio.access.studio_view."""

from django.urls import path, re_path

from studio.people import client_data, client_export
from studio.views import message, messages, new_message, remove, restore

urlpatterns = [
    path("clients/<int:pk>/", client_data, name="studio_client_data"),
    re_path(r"^clients/(?P<pk>\d{1,18})/data\.(?P<form>json|csv)$", client_export, name="studio_client_export"),
    path("messages/", messages, name="studio_messages"),
    path("messages/new/", new_message, name="studio_message_new"),
    path("messages/<int:pk>/", message, name="studio_message"),
    path("messages/<int:pk>/restore/", restore, name="studio_message_restore"),
    path("messages/<int:pk>/remove/", remove, name="studio_message_remove"),
]
