"""The front desk's pages, under /desk/. Every view wears desk.access.desk_view; a therapist's own day own_view."""

from django.urls import path

from desk.board import views as board
from desk.views.asking import unask
from desk.views.block import block, lift
from desk.views.book import book
from desk.views.booking import booking, step
from desk.views.clients import client, clients
from desk.views.contact import contact
from desk.views.deeds import cancel, length, note, restore, settle, tell, undo
from desk.views.export import export
from desk.views.history import history
from desk.views.ill import ill
from desk.views.late import late
from desk.views.merging import merge
from desk.views.messages import call, message, messages, repeat
from desk.views.move import move
from desk.views.notices import own_notices
from desk.views.own import own_day, own_step
from desk.views.own_time_off import own_time_off, own_unask
from desk.views.rest import rest
from desk.views.swap import swap
from desk.views.waiting import waiting, waiting_step
from desk.views.walk_in import walk_in
from desk.views.why import why

urlpatterns = [
    path("", board.day, name="desk_day"),
    path("week/<slug:slug>/", board.week, name="desk_week"),
    path("pulse/", board.pulse, name="desk_pulse"),
    path("keys/", board.keys, name="desk_keys"),
    path("bookings/<int:pk>/", booking, name="desk_booking"),
    path("bookings/<int:pk>/step/", step, name="desk_step"),
    path("bookings/<int:pk>/move/", move, name="desk_move"),
    path("bookings/<int:pk>/length/", length, name="desk_length"),
    path("bookings/<int:pk>/cancel/", cancel, name="desk_cancel"),
    path("bookings/<int:pk>/restore/", restore, name="desk_restore"),
    path("bookings/<int:pk>/undo/", undo, name="desk_undo"),
    path("bookings/<int:pk>/tell/", tell, name="desk_tell"),
    path("bookings/<int:pk>/note/", note, name="desk_note"),
    path("bookings/<int:pk>/settle/", settle, name="desk_settle"),
    path("bookings/<int:pk>/contact/", contact, name="desk_contact"),
    path("bookings/<int:pk>/rest/", rest, name="desk_rest"),
    path("bookings/<int:pk>/unask/", unask, name="desk_unask"),
    path("bookings/<int:pk>/swap/", swap, name="desk_swap"),
    path("therapists/<slug:slug>/late/", late, name="desk_late"),
    path("therapists/<slug:slug>/ill/", ill, name="desk_ill"),
    path("book/", book, name="desk_book"),
    path("clients/", clients, name="desk_clients"),
    path("clients/<int:pk>/", client, name="desk_client"),
    path("clients/<int:pk>/merge/", merge, name="desk_merge"),
    path("walk-in/", walk_in, name="desk_walk_in"),
    path("why/", why, name="desk_why"),
    path("block/", block, name="desk_block"),
    path("blocks/<slug:kind>/<int:pk>/lift/", lift, name="desk_lift"),
    path("waiting/", waiting, name="desk_waiting"),
    path("waiting/<int:pk>/step/", waiting_step, name="desk_waiting_step"),
    path("mine/", own_day, name="desk_own_day"),
    path("mine/mails/", own_notices, name="desk_own_notices"),
    path("mine/time-off/", own_time_off, name="desk_own_time_off"),
    path("mine/time-off/<int:pk>/unask/", own_unask, name="desk_own_unask"),
    path("mine/<int:pk>/step/", own_step, name="desk_own_step"),
    path("history/", history, name="desk_history"),
    path("export/", export, name="desk_export"),
    path("messages/", messages, name="desk_messages"),
    path("messages/<int:pk>/", message, name="desk_message"),
    path("messages/<int:pk>/again/", repeat, name="desk_message_again"),
    path("messages/<int:pk>/called/", call, name="desk_message_called"),
]
