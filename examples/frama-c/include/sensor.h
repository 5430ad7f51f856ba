#ifndef SENSOR_H
#define SENSOR_H

struct sensor {
  double gain;
  int samples;
  int value[CHANNELS];
};

#endif
