"""A cluster of Spark that loses a worker in the middle of a question gives the same bytes.

Needs the whole of Spark, in an environment of its own: python3 dev.py spark-cluster.
"""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from tests.engines.nasty import ROLES, digest
from tests.engines.test_same_bytes import DIGEST

from desirepath.events.database_source import DatabaseSource
from desirepath.events.read import read_all

pytestmark = pytest.mark.cluster
WORKERS = 2
LOOKS = 0.1
PATIENCE = 3_000  # looks, for machines with much else to do
# one row in fifty takes its time, so that a question is under way for seconds on every machine
SLOW = """SELECT * FROM parquet.`{folder}` x
WHERE CASE WHEN pmod(hash(x.`time``s up`), 50) = 0 THEN java_method('java.lang.Thread', 'sleep', 10L) END IS DISTINCT FROM 'never'"""
SETTINGS = """spark.driver.host 127.0.0.1
spark.driver.bindAddress 127.0.0.1
spark.driver.memory 1g
spark.executor.memory 768m
spark.executor.cores 1
spark.ui.enabled false
spark.ui.showConsoleProgress false
spark.sql.shuffle.partitions 4
spark.sql.files.maxPartitionBytes 100000
"""


@dataclass
class Cluster:
    """A master and its workers, each a process group of its own."""

    home: Path
    folder: Path
    url: str = ""
    processes: list[subprocess.Popen[bytes]] = field(default_factory=list)

    def start(self) -> None:
        loopback = ("--host", "127.0.0.1", "--port", "0", "--webui-port", "0")
        self._run("master", "master.Master", *loopback)
        self.url = self._logged("master", r"Starting Spark master at (spark://\S+)")
        for number in range(WORKERS):
            size = ("--cores", "1", "--memory", "1g")
            self._run(f"worker{number}", "worker.Worker", *loopback, *size, self.url)
        for number in range(WORKERS):
            self._logged(f"worker{number}", r"(Successfully registered) with master")

    def _run(self, name: str, kind: str, *given: str) -> None:
        own = {
            "SPARK_HOME": str(self.home),
            "SPARK_LOCAL_IP": "127.0.0.1",
            "SPARK_NO_DAEMONIZE": "1",
            "SPARK_DAEMON_MEMORY": "256m",
            "SPARK_WORKER_DIR": str(self.folder / name),
        }
        with (self.folder / f"{name}.log").open("wb") as log:
            self.processes.append(
                subprocess.Popen(
                    [
                        self.home / "bin" / "spark-class",
                        f"org.apache.spark.deploy.{kind}",
                        *given,
                    ],
                    env=os.environ | own,
                    stdout=log,
                    stderr=subprocess.STDOUT,
                    start_new_session=True,
                )
            )

    def _logged(self, name: str, pattern: str) -> str:
        log = self.folder / f"{name}.log"
        found = until(lambda: re.search(pattern, log.read_text(errors="replace")))
        assert found, log.read_text(errors="replace")
        return str(found[1])

    def kill_a_worker(self) -> None:
        """The last worker and what runs for it, at once."""
        os.killpg(self.processes[-1].pid, signal.SIGKILL)
        self.processes[-1].wait()

    def stop(self) -> None:
        for process in reversed(self.processes):
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()


def until(look: Callable[[], Any]) -> Any:
    """What a look gives when it gives something, None if it never does."""
    for _ in range(PATIENCE):
        if seen := look():
            return seen
        time.sleep(LOOKS)
    return None


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    whole = "the whole of Spark is not installed: python3 dev.py spark-cluster"
    pyspark = pytest.importorskip("pyspark", reason=whole)
    home = Path(pyspark.__file__).parent
    if not (home / "bin" / "spark-class").exists():
        pytest.skip(whole)
    if shutil.which("java") is None:
        pytest.skip("Spark needs Java, which is not installed")
    folder = tmp_path_factory.mktemp("cluster")
    (folder / "spark-defaults.conf").write_text(SETTINGS)
    found = Cluster(home, folder)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SPARK_CONF_DIR", str(folder))
        patch.setenv("SPARK_LOCAL_IP", "127.0.0.1")
        patch.setenv("PYSPARK_PYTHON", sys.executable)
        try:
            found.start()
            patch.setenv("NASTY_CLUSTER", found.url)
            yield found
        finally:
            found.stop()


@dataclass
class Watch:
    """Kills a worker while tasks of a question run, some done and some not."""

    cluster: Cluster
    seen: str = ""

    def __call__(self) -> None:
        if until(self._is_amid):
            self.cluster.kill_a_worker()

    def _is_amid(self) -> bool:
        from pyspark import SparkContext  # noqa: PLC0415

        context = SparkContext._active_spark_context
        # it is there before it knows its own Java
        if context is None or getattr(context, "_jsc", None) is None:
            return False
        tracker = context.statusTracker()
        for number in tracker.getActiveStageIds():
            stage = tracker.getStageInfo(number)
            if stage and stage.numActiveTasks >= WORKERS and stage.numCompletedTasks:
                self.seen = f"{stage.numCompletedTasks} of {stage.numTasks} tasks"
                return True
        return False


def test_a_killed_worker_changes_nothing(cluster: Cluster, parquet: Path) -> None:
    source = DatabaseSource(
        "spark",
        ROLES,
        query=SLOW.format(folder=parquet),
        connection="NASTY_CLUSTER",
        name="nasty",
    )
    watch = Watch(cluster)
    watcher = threading.Thread(target=watch)
    watcher.start()
    found = digest(read_all(source).sequences)
    watcher.join()
    assert watch.seen
    assert [one.poll() for one in cluster.processes] == [None, None, -signal.SIGKILL]
    assert found == DIGEST
    # and once more, with one worker from the beginning
    assert digest(read_all(source).sequences) == DIGEST
