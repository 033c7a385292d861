"""Data: where the rows come from, what each column is for, which rows are kept for checking, and what the columns hold."""

import streamlit as st

from pages.parts import data_columns, data_missing, data_source, data_split, state

st.title("Data", anchor=False)
state.run()
data_source.status()
data_source.source()
data_source.marks()
data_source.noticed()
data_split.split()
data_missing.missing()
data_columns.columns()
state.forget_problem()
