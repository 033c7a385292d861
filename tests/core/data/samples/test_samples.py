"""The contract: what holds for every sample."""

import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from core.data.columns import begin
from core.data.describe import describe
from core.data.infer import kind_of
from core.data.prepare import prepare
from core.data.samples import SAMPLES, inputs_of, tasks_of
from core.data.source import load
from core.experiment import Source, parse

every = pytest.mark.parametrize("name", list(SAMPLES))


def test_two_waves_open_first():
    assert next(iter(SAMPLES)) == "two-waves"


@every
def test_each_has_its_test_file(name):
    assert (Path(__file__).parent / f"test_{name.replace('-', '_')}.py").exists()


@every
def test_it_says_what_it_is(name):
    sample, _ = SAMPLES.resolve(name)
    for text in (sample.TITLE, sample.HELP, sample.STORY, sample.LICENCE):
        assert isinstance(text, str)
        assert len(text) > 3
    assert isinstance(sample.MADE_UP, bool)
    if sample.MADE_UP:
        assert "made" in sample.LICENCE.lower()


@every
def test_its_columns_are_those_of_its_table(name):
    sample, params = SAMPLES.resolve(name)
    frame = sample.table(params)
    inputs, tasks = inputs_of(sample, params), tasks_of(sample, params)
    assert isinstance(frame, pd.DataFrame)
    assert set(frame.columns) == {*inputs, *tasks}
    assert not {*inputs} & {*tasks}
    assert tasks
    assert set(sample.UNITS) <= set(frame.columns)
    assert set(getattr(sample, "LABELS", {})) <= set(frame.columns)


@every
def test_what_is_hidden_and_what_always_trains_is_there(name):
    sample, params = SAMPLES.resolve(name)
    assert set(getattr(sample, "HIDDEN", ())) <= set(sample.Params.model_fields)
    always = sample.always(params) if hasattr(sample, "always") else 0
    table = load(Source(kind="sample", name=name))
    assert 0 <= always <= len(table.frame)
    assert (table.always, table.drawn) == (always, getattr(sample, "DRAWN", ""))


@every
def test_the_same_params_give_the_same_rows(name):
    sample, params = SAMPLES.resolve(name)
    first = sample.table(params)
    pd.testing.assert_frame_equal(first, sample.table(params))


@every
def test_global_random_state_is_left_alone(name):
    sample, params = SAMPLES.resolve(name)
    before = np.random.get_state()[1].copy()
    sample.table(params)
    assert (np.random.get_state()[1] == before).all()


@every
def test_a_seed_draws_other_rows(name):
    sample, params = SAMPLES.resolve(name)
    if "seed" in type(params).model_fields:
        other = sample.table(params.model_copy(update={"seed": 1}))
        assert not sample.table(params).equals(other)


@every
def test_it_opens_as_a_whole_document_that_can_be_prepared(name):
    source = Source(kind="sample", name=name)
    table = load(source)
    experiment = begin(source, table, SAMPLES[name])
    assert parse(json.loads(experiment.to_json())) == experiment
    dataset = prepare(experiment, table)
    assert {target.column for target in dataset.targets} == set(experiment.columns) == set(experiment.network.towers)
    assert bool(dataset.features.isfinite().all())
    assert describe(experiment, table) is not None


@every
def test_its_kinds_are_those_one_would_guess(name):
    sample, params = SAMPLES.resolve(name)
    frame = sample.table(params)
    for column, kind in inputs_of(sample, params).items():
        if frame[column].nunique() > 17:  # few grey values may look like classes
            assert kind_of(frame[column]) == kind
