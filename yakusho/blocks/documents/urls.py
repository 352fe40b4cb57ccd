"""Addresses of papers; `public_urls` has the short one that stands in the QR code."""

from django.urls import path

from yakusho.blocks.documents import views

app_name = "documents"
urlpatterns = [
    path("verify", views.verify, name="verify"),
    path("verify/<str:code>", views.verify_code, name="verify_code"),
    path("papers", views.papers, name="papers"),
    path("papers/<str:number>.pdf", views.paper_pdf, name="paper_pdf"),
    path("papers/<str:number>", views.paper, name="paper"),
    path("desk/queue", views.queue, name="queue"),
    path("desk/papers/<str:number>/hand-over", views.hand_over, name="hand_over"),
    path("desk/papers/<str:number>/reprint", views.reprint, name="reprint"),
    path("desk/papers/<str:number>/revoke", views.revoke, name="revoke"),
    path("desk/requests/<str:request_number>/issue", views.issue, name="issue"),
    path("desk/alarms", views.alarms, name="alarms"),
    path("desk/alarms/<int:alarm>", views.alarm, name="alarm"),
    path("desk/alarms/<int:alarm>/compare", views.compare, name="compare"),
    path("desk/alarms/<int:alarm>/close", views.close, name="close"),
]
