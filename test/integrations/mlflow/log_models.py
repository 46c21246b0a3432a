"""Logs and registers models in the MLflow server whose address is the first argument; the second is a folder to write to."""

import sys

import mlflow
import numpy as np
import pandas as pd
from mlflow.models import infer_signature
from mlflow.models.signature import ModelSignature
from mlflow.types.schema import Schema, TensorSpec


class Constant(mlflow.pyfunc.PythonModel):
    def predict(self, context, model_input, params=None):
        return ["yes"] * len(model_input)


mlflow.set_tracking_uri(sys.argv[1])
client = mlflow.MlflowClient()
mlflow.set_experiment("tiltmeter")


def register(name, signature=None):
    mlflow.pyfunc.log_model(
        name="model", python_model=Constant(), signature=signature, registered_model_name=name, pip_requirements=[]
    )


rows = pd.DataFrame(
    {"age": range(40), "income": [1.5, 2.5] * 20, "country": ["FR", "DE"] * 20, "vip": [True, False] * 20}
)
signature = infer_signature(rows, np.array(["yes", "no"]))
for accuracy in (0.9, 0.91):
    with mlflow.start_run():
        mlflow.log_metrics({"test_accuracy": accuracy, "training_accuracy_score": 0.99, "broken": float("nan")})
        rows.assign(label="yes").to_csv(sys.argv[2] + "/train.csv", index=False)
        mlflow.log_artifact(sys.argv[2] + "/train.csv", "data")
        mlflow.log_input(mlflow.data.from_pandas(rows, source="train.csv", name="training"), context="training")
        register("Credit risk, '26", signature)
client.set_registered_model_tag("Credit risk, '26", "tiltmeter.model", "credit-risk")
client.set_registered_model_alias("Credit risk, '26", "champion", "1")
client.set_registered_model_alias("Credit risk, '26", "challenger", "2")

with mlflow.start_run():
    register("images", ModelSignature(inputs=Schema([TensorSpec(np.dtype("float32"), (-1, 28, 28), "image")])))
with mlflow.start_run():
    register("unsigned")
client.transition_model_version_stage("unsigned", "1", "Production")
for name in ("vanishing", "failing"):
    with mlflow.start_run():
        register(name, signature)
