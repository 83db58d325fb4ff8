using System.Collections.Concurrent;
using System.Data;
using System.Data.Common;
using System.Globalization;
using System.Linq.Expressions;
using System.Reflection;
using System.Text;
using Assistance.Domain.Shared;
using Microsoft.Data.Sqlite;

namespace Assistance.Api.Data;

/// <summary>Gives the properties of a parameter object to a command, each as its column's type (<see cref="ColumnTypes"/>).</summary>
internal sealed class ParameterBinding
{
    private const string SqliteInstant = "yyyy-MM-dd HH:mm:ss.fff";
    private const string SqliteDate = "yyyy-MM-dd";

    private static readonly ConcurrentDictionary<Type, ParameterBinding> Bindings = new();

    private readonly (string Name, ColumnType Column, Func<object, object?> Get)[] properties;

    private ParameterBinding(Type type) => properties =
    [
        .. type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Select(property => ("@" + property.Name, ColumnTypes.Of(property.Name), Getter(type, property))),
    ];

    public static ParameterBinding Of(Type type) => Bindings.GetOrAdd(type, static type => new ParameterBinding(type));

    /// <summary>Adds the parameters once; the same command then takes values again and again.</summary>
    public void Declare(DbCommand command)
    {
        foreach (var (name, column, _) in properties)
        {
            var parameter = command.CreateParameter();
            parameter.ParameterName = name;
            if (parameter is not SqliteParameter)
            {
                parameter.DbType = column.Type;
                parameter.Size = column.Type is DbType.AnsiString or DbType.String or DbType.Binary ? column.Length ?? -1 : 0;
                parameter.Scale = column.Type == DbType.DateTime2 ? (byte)3 : (byte)0;
            }

            command.Parameters.Add(parameter);
        }
    }

    /// <exception cref="ArgumentException">A text is longer than its column: a fault of ours, since input is measured on the way in.</exception>
    public void Fill(DbCommand command, object parameters)
    {
        for (var i = 0; i < properties.Length; i++)
        {
            var (name, column, get) = properties[i];
            var parameter = command.Parameters[i];
            parameter.Value = Stored(get(parameters), parameter is SqliteParameter, name, column) ?? DBNull.Value;
        }
    }

    // SQLite keeps instants and dates as sortable text; SQL Server has types for them.
    private static object? Stored(object? value, bool isSqlite, string name, ColumnType column) => value switch
    {
        null => null,
        Guid id => id.ToByteArray(bigEndian: true),
        Money money => money.Fen,
        Enum code => Measured(code.ToString(), name, column),
        string text => Measured(text, name, column),
        DateTimeOffset instant => isSqlite
            ? instant.UtcDateTime.ToString(SqliteInstant, CultureInfo.InvariantCulture)
            : instant.UtcDateTime,
        DateOnly day => isSqlite ? day.ToString(SqliteDate, CultureInfo.InvariantCulture) : day,
        DivisionCode division => division.Value,
        byte[] bytes => Measured(bytes, name, column),
        int or long or bool => value,
        _ => throw new ArgumentException($"{name}: a {value.GetType().Name} cannot be stored."),
    };

    private static string Measured(string text, string name, ColumnType column)
    {
        RequireLength(text.Length, name, column);
        // A code is ASCII: SQL Server would store a question mark for anything else, and two codes would become one.
        return column.Type == DbType.AnsiString && !Ascii.IsValid(text)
            ? throw new ArgumentException($"{name} is a code and holds a character that is none.")
            : text;
    }

    private static byte[] Measured(byte[] bytes, string name, ColumnType column)
    {
        RequireLength(bytes.Length, name, column);
        return bytes;
    }

    private static void RequireLength(int length, string name, ColumnType column)
    {
        if (column.Length is { } longest && length > longest)
        {
            throw new ArgumentException($"{name} holds {length}; the column takes {longest}.");
        }
    }

    private static Func<object, object?> Getter(Type type, PropertyInfo property)
    {
        var instance = Expression.Parameter(typeof(object));
        var read = Expression.Property(Expression.Convert(instance, type), property);
        return Expression.Lambda<Func<object, object?>>(Expression.Convert(read, typeof(object)), instance).Compile();
    }
}
