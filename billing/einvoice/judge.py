"""The official rules, applied by Saxon in a process of its own.

Saxon ends any process that has several threads, so nobody imports this module: ``rules.py`` starts
it. It reads a line of JSON a document, ``{"stylesheets": [...], "path": ...}``, and answers each
with a line: the findings, or why the document could not be judged. Stylesheets are compiled once.
"""

import json
import sys
from pathlib import Path
from typing import Any

from saxonche import PySaxonProcessor, PyXsltExecutable

SVRL = "{http://purl.oclc.org/dsdl/svrl}"


def main() -> None:
    """Judge each document that is asked about."""
    with PySaxonProcessor(license=False) as saxon:
        compiler = saxon.new_xslt30_processor()
        compiled: dict[str, PyXsltExecutable] = {}
        for line in sys.stdin:
            question = json.loads(line)
            answer: dict[str, Any] = {"reports": []}
            try:
                for name in question["stylesheets"]:
                    if name not in compiled:
                        compiled[name] = compiler.compile_stylesheet(stylesheet_file=name)
                    node = saxon.parse_xml(xml_text=Path(question["path"]).read_text("utf-8"))
                    answer["reports"].append(compiled[name].transform_to_string(xdm_node=node))
            except Exception as fault:  # noqa: BLE001  (told to whoever asked)
                answer = {"fault": str(fault)}
            sys.stdout.write(json.dumps(answer) + "\n")
            sys.stdout.flush()


if __name__ == "__main__":
    main()
