"""節 The nodes that stand for Django's on our pages: constants as text, includes in their place, values without detours."""

from __future__ import annotations

import html
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache
from typing import Any, TypeVar

from django.conf import settings
from django.template import Context, Engine, TemplateDoesNotExist
from django.template.base import Node, NodeList, TextNode, VariableNode, render_value_in_context
from django.template.defaulttags import CommentNode, CsrfTokenNode, ForNode, IfNode, LoadNode, URLNode, WithNode
from django.template.library import InclusionNode, SimpleNode
from django.template.loader_tags import BLOCK_CONTEXT_KEY, BlockContext, ExtendsNode, IncludeNode
from django.templatetags.i18n import BlockTranslateNode, TranslateNode
from django.templatetags.static import StaticNode
from django.urls import get_script_prefix, get_urlconf, reverse
from django.utils.safestring import SafeData, SafeString
from django.utils.translation import get_language, gettext

from yakusho.blocks.pages.compiled.expressions import Expression

_READING: ContextVar[frozenset[str | None]] = ContextVar("reading", default=frozenset())
Tag = TypeVar("Tag", bound=Callable[..., object])
EXAMPLE = 9_007_199_254_740_000  # a number that stands in no address of ours
ASSIGNING = ("asvar", "target_var", "varname")


def constant(tag: Tag) -> Tag:
    """不変 Marks the function of a simple tag: with the same constant arguments it gives the same on every page."""
    tag.constant = True  # type: ignore[attr-defined]
    return tag


@contextmanager
def reading(name: str | None) -> Iterator[None]:
    """読込み中 A template that stands in itself is not put into its own place."""
    token = _READING.set(_READING.get() | {name})
    try:
        yield
    finally:
        _READING.reset(token)


def shown(value: Any, context: Context) -> str:
    """値の表示 A value as it stands on the page: escaped unless it is safe. The house groups no digits by locale."""
    kind = type(value)
    if kind is SafeString:
        return value  # type: ignore[no-any-return]
    if kind is str and context.autoescape:
        return SafeString(html.escape(value))
    return str(value) if kind is int else str(render_value_in_context(value, context))


class Quick(Node):
    """A node that is rendered without notes for a debugger, which the house never runs."""

    child_nodelists: tuple[str, ...] = ()

    def __init_subclass__(cls) -> None:
        cls.render_annotated = cls.render  # type: ignore[method-assign]


class Shown(Quick):
    """値 {{ a value }}"""

    def __init__(self, expression: Expression) -> None:
        self.filter_expression = expression

    def render(self, context: Context) -> str:
        return shown(self.filter_expression.resolve(context), context)


class Said(Quick):
    """訳した値 {% translate a value %}"""

    def __init__(self, expression: Expression) -> None:
        self.filter_expression, self.language = expression, get_language()

    def render(self, context: Context) -> str:
        value = self.filter_expression.resolve(context)
        if isinstance(value, str):
            said = _said(self.language, value.replace("%", "%%"))
            value = SafeString(said) if isinstance(value, SafeData) else said
        return shown(value, context)


@lru_cache(4096)
def _said(language: str | None, text: str) -> str:
    return gettext(text).replace("%%", "%")


class Sentence(Quick):
    """文 {% blocktranslate %} with its sentence looked up already."""

    def __init__(self, text: str, names: list[str], given: Mapping[str, Expression]) -> None:
        self.text, self.names, self.given = text, names, given

    def render(self, context: Context) -> str:
        context.dicts.append({name: value.resolve(context) for name, value in self.given.items()})
        try:
            return self.text % {name: shown(context.get(name, ""), context) for name in self.names}
        finally:
            context.dicts.pop()


class Scope(Quick):
    """取り込み {% include "…" with … %}: another template's nodes, with names of their own."""

    child_nodelists = ("nodelist",)

    def __init__(self, nodelist: NodeList, given: Mapping[str, Expression]) -> None:
        self.nodelist, self.given = nodelist, given

    def render(self, context: Context) -> str:
        context.dicts.append({name: value.resolve(context) for name, value in self.given.items()})
        try:
            return self.nodelist.render(context)
        finally:
            context.dicts.pop()


class Address(Quick):
    """アドレス {% url "…" … %}: a known page about numbers; its address is looked up once, and the numbers put in."""

    def __init__(self, node: URLNode) -> None:
        self.node, self.name, self.args = node, str(node.view_name.var), node.args

    def render(self, context: Context) -> str:
        numbers = [one.resolve(context) for one in self.args]
        if not all(type(one) is int and one >= 0 for one in numbers):
            return self.node.render(context)
        return _address(self.name, len(numbers), get_urlconf() or settings.ROOT_URLCONF, get_script_prefix()) % (
            *numbers,
        )


@lru_cache(1024)
def _address(name: str, numbers: int, urlconf: str, prefix: str) -> str:
    examples = [EXAMPLE + place for place in range(numbers)]
    address = html.escape(reverse(name, args=examples)).replace("%", "%%")
    for example in examples:
        address = address.replace(str(example), "%d")
    return SafeString(address)


class If(Quick, IfNode):
    """場合 {% if %}"""

    child_nodelists = IfNode.child_nodelists


class For(Quick, ForNode):
    """繰返し {% for %}"""

    child_nodelists = ForNode.child_nodelists


class Extends(ExtendsNode):
    """外枠 {% extends %} a template whose blocks are known."""

    def render(self, context: Context) -> str:
        parent: Any = self.get_parent(context)
        state = context.render_context
        if not hasattr(parent, "own_blocks"):
            return super().render(context)
        if BLOCK_CONTEXT_KEY not in state:
            state[BLOCK_CONTEXT_KEY] = BlockContext()
        state[BLOCK_CONTEXT_KEY].add_blocks(self.blocks)
        state[BLOCK_CONTEXT_KEY].add_blocks(parent.own_blocks)
        with state.push_state(parent, isolated_context=False):
            return str(parent._render(context))


def _translate(node: Any, engine: Engine) -> Iterable[Node]:
    if node.asvar or node.message_context or node.noop or node.filter_expression.filters:
        return [node]
    return _text(node) if node.filter_expression.constant else [Said(node.filter_expression)]


def _sentence(node: Any, engine: Engine) -> Iterable[Node]:
    if node.asvar or node.message_context or node.plural:
        return [node]
    source, names = node.render_token_list(node.singular)
    text = gettext(source)
    try:
        text % dict.fromkeys(names, "")
    except (KeyError, ValueError):
        return [node]
    return [Sentence(text, names, node.extra_context)] if names else [TextNode(text % {})]


def _tag(node: Any, engine: Engine) -> Iterable[Node]:
    fixed = not node.target_var and all(one.constant for one in (*node.args, *node.kwargs.values()))
    return _text(node) if fixed and getattr(node.func, "constant", False) else [node]


def _static(node: Any, engine: Engine) -> Iterable[Node]:
    return _text(node) if node.varname is None and node.path.constant else [node]


def _url(node: Any, engine: Engine) -> Iterable[Node]:
    return [node] if node.asvar or node.kwargs or not node.view_name.constant else [Address(node)]


def _text(node: Node) -> list[Node]:
    return [TextNode(str(node.render(Context())))]


def _extends(node: Any, engine: Engine) -> Iterable[Node]:
    return [Extends(node.nodelist, node.parent_name)]


def _include(node: Any, engine: Engine) -> Iterable[Node]:
    name = node.template.var
    if node.isolated_context or not isinstance(name, str) or not node.template.constant or name in _READING.get():
        return [node]
    try:
        nodes = engine.get_template(name).nodelist
    except TemplateDoesNotExist:  # the page says so when it comes to it
        return [node]
    parts = nodes.get_nodes_by_type(Node)
    if not all(type(part) in KNOWN for part in parts):
        return [node]
    assigns = any(getattr(part, word, None) for part in parts for word in ASSIGNING)
    return [Scope(nodes, node.extra_context)] if node.extra_context or assigns else nodes


READY: dict[type[Node], Callable[[Any, Engine], Iterable[Node]]] = {
    VariableNode: lambda node, engine: [Shown(node.filter_expression)],
    TranslateNode: _translate,
    BlockTranslateNode: _sentence,
    SimpleNode: _tag,
    StaticNode: _static,
    URLNode: _url,
    IfNode: lambda node, engine: [If(node.conditions_nodelists)],
    ForNode: lambda node, engine: [
        For(node.loopvars, node.sequence, node.is_reversed, node.nodelist_loop, node.nodelist_empty)
    ],
    IncludeNode: _include,
    ExtendsNode: _extends,
    LoadNode: lambda node, engine: [],
    CommentNode: lambda node, engine: [],
}
# Nodes that mean the same wherever they stand: a template of these may stand in another.
KNOWN = {
    TextNode,
    IfNode,
    ForNode,
    WithNode,
    URLNode,
    CsrfTokenNode,
    InclusionNode,
    IncludeNode,
    SimpleNode,
    StaticNode,
}
KNOWN |= {TranslateNode, BlockTranslateNode, Shown, Said, Sentence, Scope, Address, If, For}


def ready(node: Node, engine: Engine) -> Iterable[Node]:
    """刷り置き The nodes that are rendered in the place of one that was read."""
    return READY[type(node)](node, engine) if type(node) in READY else [node]
