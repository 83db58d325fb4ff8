using Assistance.Api.Data;

namespace Assistance.Api.Features.Reference;

/// <summary>
/// Tells every instance of rows that joined the parameters: the one that activated them at once, each other within
/// <see cref="Every"/>, by a number that the activation counts up. A row begins no sooner than <see cref="Bound"/> after its
/// activation, so that no instance takes an old number on a day of the new one, even where some of these looks fail.
/// </summary>
public sealed partial class ParameterRefresh(Database database, ReferenceStore store, ILogger<ParameterRefresh> logger) : BackgroundService
{
    /// <summary>How often an instance looks.</summary>
    public static readonly TimeSpan Every = TimeSpan.FromSeconds(5);

    /// <summary>How long an activation has to be over before the first day of what it activated.</summary>
    public static readonly TimeSpan Bound = TimeSpan.FromMinutes(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await RefreshAsync(stoppingToken);
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                LogFailed(logger, exception.GetType().Name);
            }
        }
    }

    /// <summary>Takes up what has joined the parameters since they were read.</summary>
    public async Task RefreshAsync(CancellationToken cancellation)
    {
        if (!store.IsLoaded)
        {
            return;
        }

        var current = store.Current;
        var (state, rows) = await database.ReadAsync(
            async session =>
            {
                var state = await ReferenceRepository.ParameterStateAsync(session);
                return (state, state == current.ParameterState ? [] : await ReferenceRepository.ParametersAsync(session));
            },
            cancellation);
        if (state != current.ParameterState)
        {
            store.Set(current.With(rows.Select(row => row.AsParameter()), state));
        }
    }

    [LoggerMessage(1, LogLevel.Error, "Looking for changed parameters failed with {Exception} and is tried again.")]
    private static partial void LogFailed(ILogger logger, string exception);
}
