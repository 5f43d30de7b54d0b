from django.contrib import admin

from accounts.rare_jobs import ReadOnlyAdmin
from clients.models import Client


@admin.register(Client)
class ClientAdmin(ReadOnlyAdmin):
    list_display = ["name", "email", "phone", "language", "created_at"]
    search_fields = ["name", "email", "phone"]
