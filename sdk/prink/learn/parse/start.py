"""Begins the encoder with the weights of the hair network that prink had before."""

from collections.abc import Callable
from pathlib import Path

import torch
from torch import Tensor, nn

from prink.learn.onnx_weights import read_weights
from prink.learn.parse.net import ParseNet

__all__ = ["begin_with_hair"]

COLOURS_AND_HAIR = 4  # planes that both networks see, in the same places


@torch.no_grad()
def begin_with_hair(net: ParseNet, path: Path, planes: Tensor) -> ParseNet:
    """Returns the network with an encoder that does at first what that of hair.onnx does.

    Its normalisations are folded into the convolutions; they are set so that the batch's own
    statistics bring back the same outputs.

    Args:
        net: Changed in place.
        path: The file of the hair network.
        planes: Input (B, 8, S, S) to take the statistics of.

    Raises:
        WeightsError: The file cannot be read.
    """
    tensors = read_weights(path).tensors
    was_training = net.training
    hooks = []
    for name, layer in net.named_modules():
        weight = tensors.get(f"net.{name}.0.weight")
        if not isinstance(layer, nn.Sequential) or weight is None:
            continue
        conv, norm = layer[0], layer[1]
        if not isinstance(conv, nn.Conv2d) or not isinstance(norm, nn.BatchNorm2d):
            continue
        taken = torch.from_numpy(weight.copy())
        bias = torch.from_numpy(tensors[f"net.{name}.0.bias"].copy())
        if name == "stem":
            # The older network took colours from -1 to 1.
            bias = bias - taken.sum((1, 2, 3))
            taken = 2 * taken
            conv.weight.mul_(0.1)
            conv.weight[:, :COLOURS_AND_HAIR] = taken
        elif taken.shape == conv.weight.shape:
            conv.weight.copy_(taken)
        else:
            continue
        hooks.append(conv.register_forward_hook(matching(norm, bias)))
    net.eval()(planes)
    for hook in hooks:
        hook.remove()
    return net.train(was_training)


def matching(norm: nn.BatchNorm2d, bias: Tensor) -> Callable[[nn.Module, object, Tensor], None]:
    """Returns a hook that makes a normalisation add a bias and nothing else."""

    def fit(_: nn.Module, __: object, out: Tensor) -> None:
        mean, var = out.mean((0, 2, 3)), out.var((0, 2, 3), unbiased=False)
        norm.running_mean = mean.clone()
        norm.running_var = var.clone()
        norm.weight.copy_((var + norm.eps).sqrt())
        norm.bias.copy_(mean + bias)

    return fit
