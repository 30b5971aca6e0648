// How squarely the surface looks at the camera: the canonical normal turned with the head, -1..1.
float facing(highp vec3 normal) {
    highp vec3 x = normalize(landmark(263) - landmark(33));
    highp vec3 y = normalize(landmark(152) - landmark(10));
    highp vec3 z = cross(x, y);
    return normal.z * z.z + normal.y * y.z - normal.x * x.z;
}
