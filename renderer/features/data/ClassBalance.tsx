import type { DataDescription } from '../../../core/data/index.ts';
import { formatCount, Section } from '../../ui/index.ts';

/** How many samples each class has, by part of the split. */
export function ClassBalance({ balance }: { readonly balance: DataDescription['classBalance'] }) {
  const total = (one: DataDescription['classBalance'][number]) => one.train + one.validation + one.test;
  const largest = Math.max(1, ...balance.map(total));
  return (
    <Section title="Class balance" aside={`${balance.length} classes`}>
      <table className="balance" aria-label="Samples of each class by split">
        <thead className="visually-hidden">
          <tr>
            <th scope="col">Class</th>
            <th scope="col">Train, validation, test</th>
            <th scope="col">Samples</th>
          </tr>
        </thead>
        <tbody>
          {balance.map((one) => (
            <tr
              key={one.name}
              title={`${one.name}: ${one.train} train, ${one.validation} validation, ${one.test} test`}
            >
              <th scope="row">{one.name}</th>
              <td aria-label={`${one.train}, ${one.validation}, ${one.test}`}>
                <div className="balance-bar" style={{ width: `${(total(one) / largest) * 100}%` }}>
                  <span className="part-train" style={{ flexGrow: one.train }} />
                  <span className="part-validation" style={{ flexGrow: one.validation }} />
                  <span className="part-test" style={{ flexGrow: one.test }} />
                </div>
              </td>
              <td className="balance-count">{formatCount(total(one))}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Section>
  );
}
