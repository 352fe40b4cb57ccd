"""職員の認証と権限: addresses."""

from django.urls import path

from yakusho.systems.city.staff_access import views

app_name = "staff_access"
urlpatterns = [
    path("desk/", views.accounts, name="accounts"),
    path("desk/new", views.open_account, name="open"),
    path("desk/<int:account>", views.account, name="account"),
    path("desk/<int:account>/duties/new", views.grant, name="grant"),
    path("desk/matches", views.matches, name="matches"),
]
