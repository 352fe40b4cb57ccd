"""確認用のアドレス What the QR code says, in capitals or not: `/VERIFY/<code>`. Mounted at the root of the house."""

from django.urls import re_path

from yakusho.blocks.documents import views

urlpatterns = [
    re_path(r"^[vV][eE][rR][iI][fF][yY]/(?P<code>[0-9A-Za-z-]{1,60})/?$", views.verify_code, name="verify_scanned")
]
