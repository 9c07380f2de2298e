"""The trained network as the file that the reader runs: ONNX, with matrices and word vectors in 8 bits."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import nn
from torch.nn import functional

from training.network.base import HEADS, WIDTH
from training.network.model import Network


class _Alone(nn.Module):
    """The network for one message: (pieces,) to the answers of the whole and (pieces, answers) at every place."""

    def __init__(self, network: Network) -> None:
        super().__init__()
        self.network = network
        vectors = network.vectors.weight.data.clone()
        vectors[: len(network.learned)] = network.learned.data
        self.step = nn.Parameter(vectors.abs().amax(1, keepdim=True) / 127, requires_grad=False)
        self.small = nn.Parameter(torch.round(vectors / self.step).to(torch.int8), requires_grad=False)

    def forward(self, pieces: Any) -> tuple[Any, Any]:
        net = self.network
        length = pieces.shape[0]
        x = net.norm(self.small[pieces].float() * self.step[pieces] + net.positions[:length])
        for layer in net.layers:
            parts = layer.attend(x).view(length, 3, HEADS, WIDTH // HEADS).permute(1, 2, 0, 3)
            shares = ((parts[0] @ parts[1].transpose(-1, -2)) * (WIDTH // HEADS) ** -0.5).softmax(-1)
            x = layer.first_norm(x + layer.gather((shares @ parts[2]).transpose(0, 1).reshape(length, WIDTH)))
            x = layer.second_norm(x + layer.narrow(functional.gelu(layer.widen(x))))
        return net.whole(torch.cat([x[0], x.mean(0)])), net.places(x)


def write(network: Network, into: Path) -> None:
    """Write the file. Sums differ from the trained ones in the second decimal."""
    network.eval()
    with tempfile.TemporaryDirectory() as folder, torch.no_grad():
        exact = Path(folder) / "exact.onnx"
        torch.onnx.export(
            _Alone(network).eval(), (torch.arange(3, 33),), str(exact), input_names=["ids"],
            output_names=["whole", "places"], dynamic_axes={"ids": {0: "length"}, "places": {0: "length"}},
            opset_version=17, dynamo=False,
        )  # fmt: skip
        quantize_dynamic(
            exact,
            into,
            weight_type=QuantType.QInt8,
            op_types_to_quantize=["MatMul", "Gemm"],
            per_channel=True,
            reduce_range=True,
        )
