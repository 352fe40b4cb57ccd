"""Addresses of messages."""

from django.urls import path

from yakusho.blocks.messages import views

app_name = "messages"
urlpatterns = [
    path("", views.inbox, name="inbox"),
    path("contact", views.contact, name="contact"),
    path("desk/outbox", views.outbox, name="outbox"),
    path("<int:message>", views.message, name="message"),
]
