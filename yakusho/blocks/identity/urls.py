"""Addresses of the door, below /identity/."""

from django.conf import settings
from django.urls import path

from yakusho.blocks.identity.views import linking, own, sample, signing_in, staff

app_name = "identity"
urlpatterns = [
    path("", signing_in.sign_in, name="sign_in"),
    path("card", signing_in.card_start, name="card_start"),
    path("card/register", linking.link, name="link"),
    path("card/<slug:question>", signing_in.card, name="card"),
    path("passkey", signing_in.passkey, name="passkey"),
    path("passkey/options", signing_in.passkey_options, name="passkey_options"),
    path("staff", staff.staff_sign_in, name="staff_sign_in"),
    path("staff/code", staff.staff_code, name="staff_code"),
    path("staff/oidc", staff.oidc_start, name="oidc_start"),
    path("staff/oidc/return", staff.oidc_return, name="oidc_return"),
    path("staff/enrol/<str:code>", staff.enrol, name="enrol"),
    path("staff/codes", staff.new_codes, name="new_codes"),
    path("mine", own.mine, name="mine"),
    *(path(f"mine/{what}/<int:number>/end", own.end, {"what": what}, name=f"end_{what}") for what in own.ENDS),
    path("mine/passkeys/new", own.new_passkey, name="new_passkey"),
    path("mine/passkeys/options", own.new_passkey_options, name="new_passkey_options"),
    path("again", own.again, name="again"),
    path("out", own.sign_out, name="sign_out"),
    path("still-here", own.still_here, name="still_here"),
]

if settings.SAMPLE_CITY:
    urlpatterns += [
        path("sample/sign-in/<slug:login>", sample.sample_sign_in, name="sample_sign_in"),
        path("sample/again", sample.sample_again, name="sample_again"),
        path("sample/card/<slug:question>", sample.sample_card, name="sample_card"),
        path("sample/register/<slug:question>", sample.sample_link, name="sample_link"),
        path("sample/ocsp/<slug:kind>", sample.ocsp, name="sample_ocsp"),
        path("sample/crl/<slug:kind>", sample.crl, name="sample_crl"),
    ]
