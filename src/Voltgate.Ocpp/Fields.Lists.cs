using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Text.Json;
using Voltgate.Ocpp.Rpc;

namespace Voltgate.Ocpp;

// The lists among the fields. OCPP 2.x has none that may be empty: where there is nothing, the field is absent.
public readonly partial struct Fields
{
    /// <summary>The objects of a list. OCPP 1.5 wrote a list of one as that one object; it is read so.</summary>
    public ImmutableArray<T> List<T>(string name, Func<Fields, T> read) =>
        Required(name, out var value) ? ListOf(name, value, read) : [];

    /// <summary>As <see cref="List{T}"/>, empty where absent.</summary>
    public ImmutableArray<T> OptionalList<T>(string name, Func<Fields, T> read) =>
        Find(name, out var value) ? ListOf(name, value, read) : [];

    /// <summary>A list of strings, empty where absent.</summary>
    public ImmutableArray<string> OptionalTexts(string name, int max = int.MaxValue) =>
        Find(name, out var value) ? ItemsOf(name, value, (f, v) => f.TextOf(name, v, max)) : [];

    /// <summary>The objects of a list that has at least one and at most so many.</summary>
    public ImmutableArray<T> FilledList<T>(string name, Func<Fields, T> read, int most = int.MaxValue) =>
        Required(name, out var value) ? Counted(name, ListOf(name, value, read), most) : [];

    /// <summary>As <see cref="FilledList{T}"/>, null where absent.</summary>
    public ImmutableArray<T>? ListOrNull<T>(string name, Func<Fields, T> read, int most = int.MaxValue) =>
        Find(name, out var value) ? Counted(name, ListOf(name, value, read), most) : null;

    /// <summary>A list of at least one string.</summary>
    public ImmutableArray<string> Texts(string name, int max, int most = int.MaxValue) => Required(name, out var value)
        ? Counted(name, ItemsOf(name, value, (f, v) => f.TextOf(name, v, max)), most)
        : [];

    /// <summary>As <see cref="Texts"/>, null where absent.</summary>
    public ImmutableArray<string>? TextsOrNull(string name, int max, int most = int.MaxValue) =>
        Find(name, out var value)
            ? Counted(name, ItemsOf(name, value, (f, v) => f.TextOf(name, v, max)), most)
            : null;

    /// <summary>A list of texts that before 2.1 were some of these words only; null where absent.</summary>
    public ImmutableArray<string>? OpenWordsOrNull(
        string name, int max, FrozenSet<string> words, int most = int.MaxValue) => Find(name, out var value)
        ? Counted(name, ItemsOf(name, value, (f, v) => f.OpenWordOf(name, v, max, words)), most)
        : null;

    /// <summary>A list of at least one whole number.</summary>
    public ImmutableArray<int> Ints(string name, int min = int.MinValue, int most = int.MaxValue) =>
        Required(name, out var value)
            ? Counted(name, ItemsOf(name, value, (f, v) => f.IntOf(name, v, min, int.MaxValue)), most)
            : [];

    /// <summary>As <see cref="Ints"/>, null where absent.</summary>
    public ImmutableArray<int>? IntsOrNull(string name, int min = int.MinValue, int most = int.MaxValue) =>
        Find(name, out var value)
            ? Counted(name, ItemsOf(name, value, (f, v) => f.IntOf(name, v, min, int.MaxValue)), most)
            : null;

    /// <summary>A list of at least one of the enum's names.</summary>
    public ImmutableArray<T> Enums<T>(string name, int most = int.MaxValue)
        where T : struct, Enum => Required(name, out var value)
        ? Counted(name, ItemsOf(name, value, (f, v) => f.EnumOf<T>(name, v, default)), most)
        : [];

    /// <summary>As <see cref="Enums{T}"/>, null where absent.</summary>
    public ImmutableArray<T>? EnumsOrNull<T>(string name, int most = int.MaxValue)
        where T : struct, Enum => Find(name, out var value)
        ? Counted(name, ItemsOf(name, value, (f, v) => f.EnumOf<T>(name, v, default)), most)
        : null;

    private ImmutableArray<T> Counted<T>(string name, ImmutableArray<T> items, int most)
    {
        if (items.Length >= 1 && items.Length <= most) return items;
        var message = items.IsEmpty ? "is an empty list" : $"is a list of more than {most}";
        if (Lenient) Question(name, message);
        else Report(RpcErrorCode.OccurrenceConstraintViolation, name, message);
        return items;
    }

    private ImmutableArray<T> ItemsOf<T>(string name, WireValue value, Func<Fields, WireValue, T> read)
    {
        if (value.Kind != JsonTokenType.StartArray)
        {
            Report(WrongType, name, "is not a list");
            return [];
        }
        var items = ImmutableArray.CreateBuilder<T>(value.Count);
        foreach (var element in value.Elements()) items.Add(read(this, element));
        return items.MoveToImmutable();
    }

    private ImmutableArray<T> ListOf<T>(string name, WireValue value, Func<Fields, T> read)
    {
        var path = PathTo(name);
        if (value.Kind == JsonTokenType.StartObject) return [read(new Fields(value, _findings, path))];
        if (value.Kind != JsonTokenType.StartArray)
        {
            Report(WrongType, name, "is not a list");
            return [];
        }
        var items = ImmutableArray.CreateBuilder<T>(value.Count);
        foreach (var element in value.Elements())
        {
            if (element.Kind == JsonTokenType.StartObject) items.Add(read(new Fields(element, _findings, path)));
            else Report(WrongType, name, "holds something that is not an object");
        }
        return items.DrainToImmutable();
    }
}
