"""The studio's own pages, under /studio/. Every view wears studio.access.studio_view."""

from django.urls import path

from studio.views import message, messages, new_message, remove, restore

urlpatterns = [
    path("messages/", messages, name="studio_messages"),
    path("messages/new/", new_message, name="studio_message_new"),
    path("messages/<int:pk>/", message, name="studio_message"),
    path("messages/<int:pk>/restore/", restore, name="studio_message_restore"),
    path("messages/<int:pk>/remove/", remove, name="studio_message_remove"),
]
