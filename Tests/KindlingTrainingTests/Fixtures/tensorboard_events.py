# SPDX-License-Identifier: Apache-2.0
"""Makes events.tfevents with TensorBoard's own messages and record writer (pip install tensorboard numpy).

    python tensorboard_events.py            writes the fixture
    python tensorboard_events.py FOLDER     prints what TensorBoard reads from the event files of a run's folder
"""
import io
import os
import sys

import numpy as np
from tensorboard.compat.proto import event_pb2, graph_pb2, histogram_pb2, summary_pb2
from tensorboard.plugins.hparams import plugin_data_pb2
from tensorboard.summary.writer.record_writer import RecordWriter


def summary(step, time, **value):
    event = event_pb2.Event(wall_time=time, step=step)
    event.summary.value.add(**value)
    return event


def hyperparameters(content):
    metadata = summary_pb2.SummaryMetadata()
    metadata.plugin_data.plugin_name = "hparams"
    metadata.plugin_data.content = content.SerializeToString()
    return metadata


def null_tensor():
    from tensorboard.plugins.hparams.metadata import NULL_TENSOR
    return NULL_TENSOR


def events():
    yield event_pb2.Event(wall_time=1.5, file_version="brain.Event:2")

    graph = graph_pb2.GraphDef()
    graph.node.add(name="input", op="Input")
    node = graph.node.add(name="net/0", op="Linear", input=["input"])
    for size in (8, 2):
        node.attr["weight"].shape.dim.add(size=size)
    graph.versions.producer = 22
    yield event_pb2.Event(wall_time=1.5, graph_def=graph.SerializeToString())

    yield summary(3, 2.25, tag="loss", simple_value=0.125)
    yield summary(3, 2.25, tag="zero", simple_value=0.0)
    yield summary(300, 2.25, tag="loss", simple_value=float("nan"))

    values = np.array([-1.5, 0.25, 0.5, 0.5, 3.5])
    counts, edges = np.histogram(values, bins=30)
    histogram = histogram_pb2.HistogramProto(
        min=values.min(), max=values.max(), num=len(values), sum=values.sum(), sum_squares=(values ** 2).sum(),
        bucket_limit=edges[1:], bucket=counts.astype(float))
    yield summary(3, 2.25, tag="weights/net.0.weight", histo=histogram)
    constant = histogram_pb2.HistogramProto(
        min=0, max=0, num=2, sum=0, sum_squares=0, bucket_limit=[0.0], bucket=[2.0])
    yield summary(3, 2.25, tag="weights/net.0.bias", histo=constant)

    image = summary_pb2.Summary.Image(height=2, width=3, colorspace=3, encoded_image_string=bytes(range(5)))
    yield summary(3, 2.25, tag="samples/first", image=image)

    text = summary(0, 2.25, tag="recipe", metadata=summary_pb2.SummaryMetadata(
        data_class=summary_pb2.DATA_CLASS_TENSOR, plugin_data=summary_pb2.SummaryMetadata.PluginData(plugin_name="text")))
    tensor = text.summary.value[0].tensor
    tensor.dtype = 7
    tensor.tensor_shape.dim.add(size=1)
    tensor.string_val.append("seed: 42 é".encode())
    yield text

    for name, value in (("seed", 42.0), ("optimizer.type", "Adam"), ("nesterov", True), ("empty", "")):
        start = plugin_data_pb2.HParamsPluginData()
        start.session_start_info.group_name = "iris/1"
        start.session_start_info.start_time_secs = 2.25
        entry = start.session_start_info.hparams[name]
        kind = {float: "number_value", str: "string_value", bool: "bool_value"}[type(value)]
        setattr(entry, kind, value)
        yield summary(
            0, 2.25, tag="_hparams_/session_start_info", metadata=hyperparameters(start), tensor=null_tensor())
    end = plugin_data_pb2.HParamsPluginData()
    end.session_end_info.status = 1
    end.session_end_info.end_time_secs = 2.25
    yield summary(300, 2.25, tag="_hparams_/session_end_info", metadata=hyperparameters(end), tensor=null_tensor())


def write():
    buffer = io.BytesIO()
    writer = RecordWriter(buffer)
    for event in events():
        writer.write(event.SerializeToString(deterministic=True))
    writer.flush()
    with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "events.tfevents"), "wb") as file:
        file.write(buffer.getvalue())


def read(folder):
    from tensorboard.backend.event_processing import event_accumulator
    found = event_accumulator.EventAccumulator(folder, size_guidance=dict.fromkeys(
        ("scalars", "histograms", "images", "tensors"), 0)).Reload()
    tags = found.Tags()
    for tag in tags["scalars"]:
        print(tag, [(event.step, round(event.value, 6)) for event in found.Scalars(tag)])
    for tag in tags["histograms"]:
        print(tag, [(event.step, event.histogram_value.num) for event in found.Histograms(tag)])
    for tag in tags["images"]:
        print(tag, [(event.step, event.width, event.height) for event in found.Images(tag)])
    for tag in tags["tensors"]:
        print(tag, [(event.step, event.tensor_proto.string_val[:1]) for event in found.Tensors(tag)])
    if tags["graph"]:
        print("graph", [(node.name, node.op, list(node.input)) for node in found.Graph().node])


if __name__ == "__main__":
    read(sys.argv[1]) if len(sys.argv) > 1 else write()
