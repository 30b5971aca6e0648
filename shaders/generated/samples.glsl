// Generated from export/prink_export/codegen/rings.py by prink_export.codegen; do not edit.

#define LIPS 0
#define SKIN 1
#define RIGHT_LID 2
#define LEFT_LID 3
#define RIGHT_IRIS 4
#define LEFT_IRIS 5
#define RIGHT_BROW 6
#define LEFT_BROW 7
#define RIGHT_SCLERA 8
#define LEFT_SCLERA 9
#define RIGHT_CHEEK 10
#define LEFT_CHEEK 11
#define REGIONS 12
const int REGION_FIRST[13] = int[13](0, 16, 32, 40, 48, 52, 56, 62, 68, 72, 76, 80, 84);
const int SAMPLE_FIRST[84] = int[84](91, 181, 84, 17, 314, 405, 321, 90, 40, 39, 37, 0, 267, 269, 270, 320, 117, 50, 205, 36, 151, 151, 9, 108, 346, 280, 425, 266, 151, 337, 199, 195, 158, 159, 160, 157, 27, 28, 29, 159, 385, 386, 387, 384, 257, 258, 259, 386, 468, 468, 468, 468, 473, 473, 473, 473, 65, 52, 53, 55, 65, 52, 295, 282, 283, 285, 295, 282, 469, 471, 471, 469, 474, 476, 476, 474, 117, 50, 205, 36, 346, 280, 425, 266);
const int SAMPLE_SECOND[84] = int[84](88, 178, 87, 14, 317, 402, 318, 89, 80, 81, 82, 13, 312, 311, 310, 319, 118, 101, 50, 205, 108, 337, 151, 69, 347, 330, 280, 425, 9, 299, 200, 5, 28, 27, 29, 56, 223, 222, 224, 158, 258, 257, 259, 286, 443, 442, 444, 385, 469, 470, 471, 472, 474, 475, 476, 477, 66, 105, 63, 66, 105, 63, 296, 334, 293, 296, 334, 293, 33, 133, 33, 133, 263, 362, 263, 362, 118, 101, 50, 205, 347, 330, 280, 425);
