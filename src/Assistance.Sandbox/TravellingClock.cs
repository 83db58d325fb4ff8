namespace Assistance.Sandbox;

/// <summary>
/// The one clock of the sandbox: it runs on by itself from where it is set and can be moved forward, never back, so that
/// seven days of posting or a later month pass without bypassing a gate.
/// </summary>
public sealed class TravellingClock : TimeProvider
{
    private readonly Lock gate = new();
    private TimeSpan offset;

    public TravellingClock(DateTimeOffset start) => offset = start - System.GetUtcNow();

    public override DateTimeOffset GetUtcNow()
    {
        lock (gate)
        {
            return System.GetUtcNow() + offset;
        }
    }

    public void Forward(TimeSpan by)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(by, TimeSpan.Zero);
        lock (gate)
        {
            offset += by;
        }
    }
}
