"""個人番号カード: addresses, in a sample city only."""

from django.conf import settings
from django.urls import path

from yakusho.systems.citizen.resident_card import views

app_name = "resident_card"
urlpatterns = (
    [path("desk/make", views.make, name="make"), path("desk/made", views.made, name="made")]
    if settings.SAMPLE_CITY
    else []
)
