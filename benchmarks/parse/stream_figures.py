"""The figures of clips, beside those of another version."""

from benchmarks.contract.result import Figure, at_most, plain
from benchmarks.parse.streams import Streamed

__all__ = ["stream_figures"]


def stream_figures(now: Streamed, before: Streamed | None) -> list[Figure]:
    """Returns what clips show; what the other version showed stands in the notes."""

    def told(name: str) -> str:
        then = getattr(before, name) if before else None
        missing = "" if getattr(now, name) is not None else "needs MakeHuman's assets; "
        return missing + (f"before {then:.3g}" if then is not None else "not measured before")

    lips, hair = (now.frame_ms[look] for look in ("lips", "blond"))
    costs = [
        plain("frame_ms_lips", "find and draw, lipstick", lips, unit="ms", note="640x480"),
        plain("frame_ms_hair", "find and draw, hair colour", hair, unit="ms", note="640x480"),
    ]
    if before:
        for look, words in (("lips", "lipstick"), ("blond", "hair colour")):
            ratio = now.frame_ms[look] / before.frame_ms[look]
            label = f"find and draw, {words}: now / before"
            costs.append(at_most(f"frame_ratio_{look}", label, ratio, 1.0, unit="times"))
    return [
        at_most("clip_hand", "wiping hand's pixels painted", now.hand, 0.02, note=told("hand")),
        plain("clip_hand_worst", "the same, worst frame", now.hand_worst, note=told("hand_worst")),
        plain("clip_back", "frames until free lips are back", now.back, note=told("back")),
        plain(
            "clip_two_least",
            "two people, 480x270: least coverage of free lips",
            now.lips_least,
            note=told("lips_least"),
        ),
        plain(
            "clip_two_flicker",
            "two people, 480x270: change of coverage a frame",
            now.lips_flicker,
            note=told("lips_flicker"),
        ),
        at_most(
            "clip_noise",
            "noise of bleached hair by the input's",
            now.noise,
            1.5,
            note=told("noise"),
        ),
        *costs,
    ]
