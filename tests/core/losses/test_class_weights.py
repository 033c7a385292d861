"""Weights of classes against scikit-learn's."""

import numpy as np
import pytest
import torch
from sklearn.utils.class_weight import compute_class_weight

from core.errors import UserError
from core.losses._class_weights import class_weights, torch_option


def test_balanced_is_scikit_learns():
    answers = np.repeat([0, 1, 2], [7, 2, 1])
    expected = compute_class_weight("balanced", classes=np.arange(3), y=answers)
    found = class_weights("balanced", torch.tensor([7.0, 2.0, 1.0]))
    assert found is not None
    assert found.tolist() == pytest.approx(expected.tolist())


def test_a_class_without_rows_stays_finite():
    found = class_weights("balanced", torch.tensor([4.0, 0.0]))
    assert found is not None
    assert found.tolist() == [0.5, 2.0]


def test_as_many_numbers_as_classes():
    with pytest.raises(UserError, match=r"3 numbers, one per class. Found 1 number\."):
        class_weights((1.0,), torch.ones(3))


def test_code():
    assert torch_option("none", None) == []
    assert torch_option("balanced", None) == ["weight=class_weights"]
    assert torch_option((1.0, 2.0), None) == ["weight=torch.tensor([1.0, 2.0])"]
    assert torch_option("balanced", torch.tensor([3.0, 1.0])) == ["weight=torch.tensor([0.666667, 2.0])"]
