using Assistance.Domain.Shared;

namespace Assistance.Api;

internal static class TimeProviderExtensions
{
    extension(TimeProvider time)
    {
        /// <summary>The instant, cut to the millisecond that the database keeps.</summary>
        public DateTimeOffset Now
        {
            get
            {
                var now = time.GetUtcNow();
                return now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMillisecond));
            }
        }

        /// <summary>The day in China.</summary>
        public DateOnly Today => ChinaTime.DayOf(time.GetUtcNow());
    }
}
