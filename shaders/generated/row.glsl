// Generated from sdk/prink/render/row.py by prink_export.codegen; do not edit.
// xyz points
#define ROW_POINTS 0
// x presence, y lips_seen, z right_eye_seen, w left_eye_seen
#define ROW_SEEN 478
// x right_cheek_seen, y left_cheek_seen, z right_open, w left_open
#define ROW_SEEN_MORE 479
// xy centre, z half, w scale
#define ROW_FACE_BOX 480
// xyz hair_to_frame
#define ROW_HAIR_TO_FRAME 481
// xyzw hair_bounds
#define ROW_HAIR_BOUNDS 483
// xyzw drawn_box
#define ROW_DRAWN_BOX 484
// xyz face_from_frame
#define ROW_FACE_FROM_FRAME 485
// x parsed
#define ROW_PARSED 487
// x hair_reach
#define ROW_HAIR_REACH 488
