"""行政評価: what the city planned, what came of it, and what answers to it today."""

from django.utils.translation import gettext_lazy as _

from yakusho.blocks.doors import Menu, SystemConfig


class Evaluation(SystemConfig):
    """行政評価 The plans of the city with their published results, and the systems that deliver each measure."""

    title = _("行政評価")
    measures = ["行政評価システムの構築"]
    offices = ["informatics"]
    menu = [Menu(_("情報化の取組"), "evaluation:overview", words=("計画", "評価", "施策", "電子市役所"))]
