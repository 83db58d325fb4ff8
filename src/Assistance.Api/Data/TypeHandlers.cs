using System.Data;
using System.Globalization;
using Assistance.Domain.Shared;
using Dapper;

namespace Assistance.Api.Data;

/// <summary>How Dapper reads the types that the engines hold differently. Writing is <see cref="ParameterBinding"/>'s.</summary>
internal static class TypeHandlers
{
    private static readonly Lock Gate = new();
    private static bool isRegistered;

    public static void Register()
    {
        lock (Gate)
        {
            if (isRegistered)
            {
                return;
            }

            Register(new GuidHandler());
            Register(new InstantHandler());
            Register(new DateHandler());
            Register(new MoneyHandler());
            isRegistered = true;
        }
    }

    private static void Register<T>(SqlMapper.TypeHandler<T> handler)
        where T : struct
    {
        SqlMapper.RemoveTypeMap(typeof(T));
        SqlMapper.RemoveTypeMap(typeof(T?));
        SqlMapper.AddTypeHandler(handler);
    }

    private abstract class ReadOnlyHandler<T> : SqlMapper.TypeHandler<T>
        where T : struct
    {
        public override void SetValue(IDbDataParameter parameter, T value) =>
            throw new NotSupportedException("Parameters are bound by their column's type.");
    }

    private sealed class GuidHandler : ReadOnlyHandler<Guid>
    {
        public override Guid Parse(object value) => new((byte[])value, bigEndian: true);
    }

    private sealed class InstantHandler : ReadOnlyHandler<DateTimeOffset>
    {
        public override DateTimeOffset Parse(object value) => value is DateTime instant
            ? new DateTimeOffset(DateTime.SpecifyKind(instant, DateTimeKind.Utc))
            : DateTimeOffset.Parse((string)value, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
    }

    private sealed class DateHandler : ReadOnlyHandler<DateOnly>
    {
        public override DateOnly Parse(object value) => value switch
        {
            DateOnly day => day,
            DateTime instant => DateOnly.FromDateTime(instant),
            _ => DateOnly.Parse((string)value, CultureInfo.InvariantCulture),
        };
    }

    private sealed class MoneyHandler : ReadOnlyHandler<Money>
    {
        public override Money Parse(object value) => new(Convert.ToInt64(value, CultureInfo.InvariantCulture));
    }
}
