"""Texts -> vectors, by a sentence encoder that the user has named: the one room of ONNX Runtime.

The model is a folder with `model.onnx` and `tokenizer.json`, as encoders are published. Nothing is
downloaded, and nothing but numbers comes out of it.
"""

from __future__ import annotations

from functools import lru_cache
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cannery.errors import CanneryError
from cannery.util.trust import distrust_above

if TYPE_CHECKING:
    from cannery.user_settings import Meaning

_MODEL, _TOKENIZER = "model.onnx", "tokenizer.json"
_QUERY_TOKENS, _PASSAGE_TOKENS = 64, 256  # more of a text costs more time than it tells
_INPUTS = frozenset(("input_ids", "attention_mask", "token_type_ids"))
_LETTERS = 20  # of a token at most, as a rule: a whole log is not cut into tokens first
_LIBRARIES = ("numpy", "onnxruntime", "tokenizers")
_PER_TOKEN = 3  # dimensions: text, token, number

Vector = Any  # of NumPy, which has no types where it isn't installed


class Encoder:
    """A model that is loaded. Vectors have the length one, so that a product is a cosine."""

    def __init__(self, folder: Path, query: str, passage: str) -> None:
        self._folder, self._prefixes = folder, (query, passage)
        self._session, self._tokenizer = _load(folder)
        self._inputs = [item.name for item in self._session.get_inputs()]
        if unknown := sorted({*self._inputs} - _INPUTS):
            raise _refused(folder, f"it asks for {', '.join(unknown):.80}")

    def query(self, text: str) -> Vector:
        return self._encode(self._prefixes[0] + text, _QUERY_TOKENS)

    def passage(self, text: str) -> Vector:
        return self._encode(self._prefixes[1] + text, _PASSAGE_TOKENS)

    def _encode(self, text: str, most: int) -> Vector:
        import numpy as np

        self._tokenizer.enable_truncation(most)
        tokens = self._tokenizer.encode(text[: most * _LETTERS])
        values = {
            "input_ids": tokens.ids,
            "attention_mask": tokens.attention_mask,
            "token_type_ids": tokens.type_ids,
        }
        given = {name: np.array([values[name]], dtype=np.int64) for name in self._inputs}
        output = np.nan_to_num(self._run(given).astype(np.float32))
        vector = output[0].mean(axis=0) if output.ndim == _PER_TOKEN else output[0]
        return vector / (np.linalg.norm(vector) or 1.0)

    def _run(self, given: dict[str, Any]) -> Vector:
        """The model's first output: a vector for each token of the text, or one for the text."""
        try:
            output = self._session.run(None, given)[0]
        except Exception as error:  # the library has nothing narrower
            reason = f"it can't read what its tokenizer makes: {error!s:.200}"
            raise _refused(self._folder, reason) from error
        is_shaped = getattr(output, "ndim", 0) in (_PER_TOKEN - 1, _PER_TOKEN)
        if not is_shaped or output.dtype.kind != "f":
            raise _refused(self._folder, "what it makes of a text is not a vector")
        return output


def encoder(meaning: Meaning) -> Encoder:
    """The encoder of the settings, loaded once. Raises CanneryError where it can't be."""
    return _kept(meaning, identity(meaning))


@lru_cache(maxsize=1)
def _kept(meaning: Meaning, _: str) -> Encoder:
    return Encoder(Path(meaning.model), meaning.query, meaning.passage)


def identity(meaning: Meaning) -> str:
    """What vectors depend on, as a name: the files of the model, and what stands before texts.

    Raises CanneryError where there is no model, or nothing that runs it.
    """
    from hashlib import blake2b

    _must_be_installed()

    folder = Path(meaning.model)
    stamps = []
    for name in (_MODEL, _TOKENIZER):
        try:
            info = (folder / name).stat()
        except OSError as error:
            raise _refused(folder, f"{name}: {error.strerror}") from error
        if not (folder / name).is_file():
            raise _refused(folder, f"{name} is not a file")
        stamps.append((info.st_size, info.st_mtime_ns))
    return blake2b(repr((meaning, stamps)).encode(), digest_size=8).hexdigest()


def _must_be_installed() -> None:
    try:
        for name in _LIBRARIES:
            import_module(name)
    except ImportError as error:
        from cannery.installation import how_to_add

        message = f"your settings name a model for meaning, and {error.name} is not installed"
        hint = f"Run `{how_to_add('semantic')}`, or take `model` out of your settings."
        raise CanneryError(message, hint) from error


def _load(folder: Path) -> tuple[Any, Any]:
    if reason := distrust_above(str(folder)):
        raise _refused(folder, reason)
    import onnxruntime
    from tokenizers import Tokenizer

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1  # a query takes some milliseconds, and others have work too
    options.log_severity_level = 4  # what is wrong is told by us, once
    try:
        session = onnxruntime.InferenceSession(
            str(folder / _MODEL), options, providers=["CPUExecutionProvider"]
        )
        tokenizer = Tokenizer.from_file(str(folder / _TOKENIZER))
    except Exception as error:  # neither library has anything narrower
        raise _refused(folder, f"it can't be loaded: {error!s:.200}") from error
    tokenizer.no_padding()
    return session, tokenizer


def _refused(folder: Path, reason: str) -> CanneryError:
    return CanneryError(
        f"{folder} is not a sentence encoder: {reason}",
        f"`model` in [meaning] of your settings names a folder with {_MODEL} and {_TOKENIZER}.",
    )
