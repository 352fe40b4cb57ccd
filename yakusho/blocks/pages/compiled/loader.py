"""読込み Reads a template once for each language. The syntax is Django's; so is every node that nothing quicker stands for."""

from django.template import Origin, TemplateDoesNotExist, base
from django.template.base import Lexer, Node, NodeList, TextNode, Token
from django.template.loader_tags import BlockNode, ExtendsNode
from django.template.loaders import cached
from django.template.loaders.base import Loader as OneLoader
from django.utils.translation import get_language

from yakusho.blocks.pages.compiled.expressions import Expression
from yakusho.blocks.pages.compiled.nodes import reading, ready


class Parser(base.Parser):
    """構文 Django's parser, with quick expressions; each node is made ready as soon as it is read."""

    def __init__(self, template: "Template") -> None:
        engine = template.engine
        tokens = Lexer(template.source).tokenize()
        super().__init__(tokens, engine.template_libraries, engine.template_builtins, template.origin)
        self.engine = engine

    def compile_filter(self, token: str) -> Expression:
        """An expression with its filters."""
        return Expression(token, self)

    def extend_nodelist(self, nodelist: NodeList, node: Node, token: Token) -> None:
        """The node as it will be rendered; texts beside each other are one."""
        for one in ready(node, self.engine):
            last = nodelist[-1] if nodelist else None
            if isinstance(one, TextNode) and isinstance(last, TextNode):
                one = TextNode(last.s + one.s)
                nodelist.pop()
            super().extend_nodelist(nodelist, one, token)


class Template(base.Template):
    """テンプレート One template in one language."""

    def compile_nodelist(self) -> NodeList:
        """Read it. ``own_blocks`` are those of a template that extends no other: they never change."""
        parser = Parser(self)
        with reading(self.name):
            nodes = parser.parse()
        self.extra_data = parser.extra_data
        blocks = [] if nodes.get_nodes_by_type(ExtendsNode) else nodes.get_nodes_by_type(BlockNode)
        self.own_blocks = {block.name: block for block in blocks if isinstance(block, BlockNode)}
        return nodes


class _Reader(OneLoader):
    def get_template(self, template_name: str, skip: list[Origin] | None = None) -> base.Template:
        for origin in self.get_template_sources(template_name):
            if origin not in (skip or ()) and (source := self._source(origin)) is not None:
                return Template(source, origin, template_name, self.engine)
        raise TemplateDoesNotExist(template_name)

    def _source(self, origin: Origin) -> str | None:
        try:
            return str(origin.loader.get_contents(origin))
        except TemplateDoesNotExist:
            return None


class Loader(cached.Loader, _Reader):
    """控え Keeps each template in each language."""

    def cache_key(self, template_name: str, skip: list[Origin] | None = None) -> str:
        """The language stands before Django's own key."""
        return f"{get_language()} {super().cache_key(template_name, skip)}"
