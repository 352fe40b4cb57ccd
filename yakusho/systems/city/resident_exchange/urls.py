"""住民データの取込み・書出し: addresses."""

from django.urls import path

from yakusho.systems.city.resident_exchange.views import exports, imports

app_name = "resident_exchange"
urlpatterns = [
    path("desk/imports", imports.imports, name="imports"),
    path("desk/imports/files/<int:upload>", imports.file, name="file"),
    path("desk/imports/<int:load>", imports.loaded, name="loaded"),
    path("desk/exports", exports.exports, name="exports"),
    path("desk/exports/<int:export>", exports.export, name="export"),
    path("desk/exports/<int:export>/file", exports.take, name="take"),
]
