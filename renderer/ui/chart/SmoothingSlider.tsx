import { Slider } from 'radix-ui';

/** How much of the past each point of the training line keeps: 0 is the raw line, towards 1 ever smoother. */
export function SmoothingSlider({
  value,
  onChange,
}: {
  readonly value: number;
  readonly onChange: (v: number) => void;
}) {
  return (
    <div className="smoothing">
      <span aria-hidden="true">Smoothing</span>
      <Slider.Root
        className="smoothing-slider"
        min={0}
        max={0.98}
        step={0.02}
        value={[value]}
        onValueChange={([next]) => next !== undefined && onChange(next)}
      >
        <Slider.Track className="smoothing-track">
          <Slider.Range className="smoothing-range" />
        </Slider.Track>
        <Slider.Thumb className="smoothing-thumb" aria-label="Smoothing of the training line" />
      </Slider.Root>
      <output className="smoothing-value">{value.toFixed(2)}</output>
    </div>
  );
}
