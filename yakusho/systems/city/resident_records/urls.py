"""住民記録: addresses. Everything of clerks lies under desk/."""

from django.urls import path

from yakusho.systems.city.resident_records.views import household, notices, own, protections, receipt, search, towns

app_name = "resident_records"
ABOUT = "desk/person/<int:person>/"

ABOUT_A_PERSON = {
    "move": notices.move,
    "move-out": notices.move_out,
    "complete-move-out": notices.complete_move_out,
    "cancel-move-out": notices.cancel_move_out,
    "birth": notices.register_birth,
    "death": notices.register_death,
    "merge": notices.merge,
    "split": notices.split,
    "change-head": notices.change_head,
    "recompose": notices.recompose,
    "change-foreign-relation": notices.change_foreign_relation,
    "amend": notices.amend,
    "erase": notices.erase,
    "rename": notices.rename,
    "change-origin": notices.change_origin,
    "naturalise": notices.naturalise,
    "gain-nationality": notices.gain_nationality,
    "lose-nationality": notices.lose_nationality,
    "change-status": notices.change_status,
    "become-mid-term": notices.become_mid_term,
    "move-in": notices.move_in,
    "enter-foreign-resident": notices.enter_foreign_resident,
    "record": notices.record,
    "request-protection": protections.request_protection,
    "ask-release": protections.ask_release,
}
NAMES = {
    "birth": "register_birth",
    "death": "register_death",
    "move-in": "move_in_again",
    "enter-foreign-resident": "enter_foreign_resident_again",
    "record": "record_again",
}

urlpatterns = [
    path("desk/search", search.search, name="search"),
    path("desk/towns", towns.suggestions, name="towns"),
    path("desk/deadline", receipt.deadline, name="deadline"),
    path("desk/move-in", notices.move_in, name="move_in"),
    path("desk/enter-foreign-resident", notices.enter_foreign_resident, name="enter_foreign_resident"),
    path("desk/record", notices.record, name="record"),
    path("desk/person/<int:person>", household.household, name="household"),
    path("desk/person/<int:person>/received/<int:movement>", receipt.received, name="received"),
    path("desk/person/<int:person>/protection", protections.of_person, name="protection"),
    *(
        path(ABOUT + address, view, name=NAMES.get(address, address.replace("-", "_")))
        for address, view in ABOUT_A_PERSON.items()
    ),
    path("desk/movements/<int:movement>/cancel", notices.cancel, name="cancel"),
    path("desk/movements/<int:movement>/restore", notices.restore, name="restore"),
    path("desk/protections", protections.protections, name="protections"),
    path("desk/protections/<int:protection>/confirm", protections.confirm_protection, name="confirm_protection"),
    path("desk/protections/<int:protection>/extend", protections.extend_protection, name="extend_protection"),
    path("desk/protections/<int:protection>/end", protections.end_protection, name="end_protection"),
    path("desk/releases", protections.find_release, name="find_release"),
    path("desk/releases/<int:release>", protections.release, name="release"),
    path("desk/releases/<int:release>/agree", protections.agree_release, name="agree_release"),
    path("mine", own.mine, name="mine"),
    path("mine/looked", own.looked, name="looked"),
]
