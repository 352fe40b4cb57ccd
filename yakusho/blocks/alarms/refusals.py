"""拒否 What can be refused about an alarm."""

from yakusho.kit.refusal import BadInput, NotFound, Refusal


class NoSuchAlarm(NotFound):
    """この警報はありません。 / There is no such alarm."""


class AlarmClosed(Refusal):
    """この警報は、すでに閉じています。 / This alarm has been closed already."""


class CauseRemains(Refusal):
    """原因がまだ続いています。解消してから閉じてください。 / The cause is still there. Close the alarm when it is gone."""


class FindingMissing(BadInput):
    """調査結果を入力してください。 / Please say what was found."""

    field = "finding"
