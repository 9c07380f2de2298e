"""The network: the layers of a sentence encoder, and an answer to every question for the message or at its marks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import torch
from torch import nn
from torch.nn import functional

from bot.understanding.network.encoding import LONGEST
from bot.understanding.network.opinion import BACK_SAID, BACK_UNSAID, FIRST_SAID, FIRST_UNSAID, HALVES, TIMES, YES_OR_NO
from training.network.base import HEADS, LAYERS, MARKS, SPECIAL, WIDTH

_FIXED = (len(YES_OR_NO), len(HALVES), len(FIRST_UNSAID), len(BACK_UNSAID))
#: At every mark: the parts of a day and of a time, and whether a child is reported on (as listed, as named).
PLACES = (len(FIRST_SAID) + len(BACK_SAID), len(TIMES), 2)
#: Pieces below this number are learned anew; above it they stay as the encoder has them.
LEARNED = len(SPECIAL) + len(MARKS)


class Layer(nn.Module):
    """One layer of the encoder."""

    def __init__(self, tensors: Mapping[str, Any], number: int) -> None:
        super().__init__()
        name = f"encoder.layer.{number}."

        def linear(*parts: str) -> nn.Linear:
            weight = torch.cat([tensors[f"{name}{part}.weight"].float() for part in parts])
            made = nn.Linear(weight.shape[1], weight.shape[0])
            made.weight.data = weight
            made.bias.data = torch.cat([tensors[f"{name}{part}.bias"].float() for part in parts])
            return made

        self.attend = linear("attention.self.query", "attention.self.key", "attention.self.value")
        self.gather = linear("attention.output.dense")
        self.first_norm = _norm(tensors, f"{name}attention.output.LayerNorm")
        self.widen = linear("intermediate.dense")
        self.narrow = linear("output.dense")
        self.second_norm = _norm(tensors, f"{name}output.LayerNorm")

    def forward(self, x: Any, hidden: Any, drop: nn.Module) -> Any:
        """`x` is (messages, pieces, width); `hidden` is added to the attention and is very low where nothing stands."""
        count, length, _ = x.shape
        parts = self.attend(x).view(count, length, 3, HEADS, WIDTH // HEADS).permute(2, 0, 3, 1, 4)
        query, key, value = parts[0], parts[1], parts[2]
        shares = ((query @ key.transpose(-1, -2)) * (WIDTH // HEADS) ** -0.5 + hidden).softmax(-1)
        gathered = (shares @ value).transpose(1, 2).reshape(count, length, WIDTH)
        x = self.first_norm(x + drop(self.gather(gathered)))
        return self.second_norm(x + drop(self.narrow(functional.gelu(self.widen(x)))))


def _norm(tensors: Mapping[str, Any], name: str) -> nn.LayerNorm:
    norm = nn.LayerNorm(WIDTH, eps=1e-12)
    norm.weight.data, norm.bias.data = tensors[f"{name}.weight"].float(), tensors[f"{name}.bias"].float()
    return norm


class Network(nn.Module):
    """`kept`: the encoder's numbers of the pieces, in the order of ours. Answers are sums (log-odds)."""

    def __init__(self, tensors: Mapping[str, Any], kept: Sequence[int], kinds: int, reasons: int) -> None:
        super().__init__()
        vectors = tensors["embeddings.word_embeddings.weight"].float()[list(kept)]
        self.learned = nn.Parameter(vectors[:LEARNED].clone())
        self.vectors = nn.Embedding.from_pretrained(vectors, freeze=True)
        places = tensors["embeddings.position_embeddings.weight"].float()[:LONGEST]
        self.positions = nn.Parameter(places + tensors["embeddings.token_type_embeddings.weight"].float()[0])
        self.norm = _norm(tensors, "embeddings.LayerNorm")
        self.layers = nn.ModuleList(Layer(tensors, number) for number in range(LAYERS))
        self.drop = nn.Dropout(0.1)
        self.parts = (kinds, reasons, *_FIXED)
        self.whole = nn.Linear(2 * WIDTH, sum(self.parts))
        self.places = nn.Linear(WIDTH, sum(PLACES))
        first, back = len(FIRST_UNSAID) + len(FIRST_SAID), len(BACK_UNSAID) + len(BACK_SAID)
        self.together = nn.Parameter(torch.zeros(first, back, 3))
        for head in (self.whole, self.places):
            nn.init.normal_(head.weight, std=0.02)
            nn.init.zeros_(head.bias)

    def embedded(self, pieces: Any) -> Any:
        """The vectors of the pieces, those of the marks as they were learned."""
        known = self.vectors(pieces)
        learned = functional.embedding(pieces.clamp(max=LEARNED - 1), self.learned)
        return torch.where((pieces < LEARNED)[..., None], learned, known)

    def forward(self, pieces: Any, stands: Any) -> tuple[Any, Any]:
        """(messages, pieces) and where a piece stands; the answers of the whole, and at every place."""
        x = self.drop(self.norm(self.embedded(pieces) + self.positions[: pieces.shape[1]]))
        hidden = (~stands[:, None, None, :]) * -1e4
        for layer in self.layers:
            x = layer(x, hidden, self.drop)
        mean = (x * stands[..., None]).sum(1) / stands.sum(1, keepdim=True)
        return self.whole(self.drop(torch.cat([x[:, 0], mean], 1))), self.places(x)
