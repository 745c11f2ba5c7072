/** The shortest way from a root to an object, drawn from the top down. */
import { Fragment } from 'preact';
import { count, counted } from '../../../format.ts';
import { finalizerText } from '../../../terminal/dump-places.ts';
import { noDominator } from '../../../terminal/graph.ts';
import type { ObjectAnswer } from '../../contents/questions.ts';
import type { Explorer } from '../explorer.ts';
import { AddressLink } from './address-link.tsx';
import { fieldNameAt } from './object-fields.tsx';

/** Objects at each end of a chain that are drawn. */
const shownEnds = 4;

export function RootChain({ explorer, object }: { explorer: Explorer; object: ObjectAnswer }) {
  const { why, via, inside, chainLength } = object;
  return (
    <section class="object-part">
      <h3>Who holds it</h3>
      {why.root === undefined || why.chain === undefined ? (
        <p id="unreachable">
          {explorer.result(explorer.now.value.row) === why.object.address
            ? 'Nothing holds it yet: its pointer is stored by a later step.'
            : 'Nothing holds it: the next collection frees it, its slot when its span is swept.'}
        </p>
      ) : (
        <ol class="chain" id="root-chain" aria-label="The shortest way from a root">
          <li class="root">
            <span class="node">{why.root.text}</span>
          </li>
          {why.chain.map((one, i) => {
            const n = why.chain!.length;
            if (i >= shownEnds && i < n - shownEnds) {
              if (i > shownEnds) return null;
              return <Skipped key="skipped" count={chainLength - 2 * shownEnds} />;
            }
            const from = why.chain![i - 1];
            const offset = via[i - 1] ?? -1;
            return (
              <Fragment key={one.address}>
                <li class={i === n - 1 ? 'own' : undefined}>
                  {from !== undefined && offset >= 0 && (
                    <span class="via">
                      <span class="sr">by its field </span>
                      {fieldNameAt(explorer, from.address, offset)}
                    </span>
                  )}
                  <span class="node">
                    <AddressLink explorer={explorer} address={one.address} />
                    {inside[i] !== '' && (
                      <span class="inside" title="The pointer hits the middle of the object">
                        {inside[i]}
                      </span>
                    )}
                    <span class="type">{one.type ?? ''}</span>
                    <span class="size">{count(one.size)} B</span>
                  </span>
                </li>
              </Fragment>
            );
          })}
        </ol>
      )}
      <dl class="holding" id="holding">
        <div>
          <dt>retains</dt>
          <dd>{count(why.retained)} B would die with it, itself included</dd>
        </div>
        <div>
          <dt>dominator</dt>
          <dd>
            {why.dominator === undefined ? (
              noDominator(why.chain === undefined ? 0 : chainLength)
            ) : (
              <>
                <AddressLink explorer={explorer} address={why.dominator.address} />{' '}
                {why.dominator.type ?? ''} {count(why.dominator.size)} B
              </>
            )}
          </dd>
        </div>
        {object.finalizers.map((finalizer) => (
          <div key={`${finalizer.address} ${finalizer.funcval} ${finalizer.isQueued}`}>
            <dt>finalizer</dt>
            <dd>{finalizerText(finalizer, why.object)}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

function Skipped({ count: n }: { count: number }) {
  return <li class="skipped">… {counted(n, 'object')} more</li>;
}
