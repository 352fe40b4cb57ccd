"""住民票の写し等の交付: addresses."""

from django.urls import path

from yakusho.systems.city.certificates import views

app_name = "certificates"
urlpatterns = [
    path("", views.choose, name="choose"),
    path("<int:person>", views.order, name="order"),
    path("desk/<int:person>", views.counter, name="counter"),
]
