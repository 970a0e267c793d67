using System.Collections.Immutable;
using Voltgate.Domain.Sessions;

namespace Voltgate.Domain.Stations;

/// <summary>What a station meant by what it said, before anything is made of it.</summary>
public static class QuirkLens
{
    /// <summary>Shorter tags are the beginning of others by chance.</summary>
    private const int TellingTag = 8;

    /// <param name="zone">IANA zone of the station's location.</param>
    /// <returns>The very message where nothing is read otherwise.</returns>
    public static StationMessage Read(ChargeStation station, StationMessage message, string zone = "UTC")
    {
        var reader = new Reader(station, zone);
        return message switch
        {
            TransactionStarted m => reader.Start(m),
            TransactionEnded m => reader.End(m),
            TransactionTold m => reader.Told(m),
            TokenPresented m => reader.Tag(m.IdTag) is var tag && tag == m.IdTag ? m : m with { IdTag = tag },
            MeterReported m => reader.Readings(m.Readings) is var read && read == m.Readings
                ? m
                : m with { Readings = read },
            ConnectorReported { At: { } at } m => reader.Time(at) is var time && time == at ? m : m with { At = time },
            SecurityReported m => reader.Time(m.At) is var time && time == m.At ? m : m with { At = time },
            _ => message,
        };
    }

    /// <summary>The tag as the station can be given it.</summary>
    public static string Sent(QuirkTraits traits, string tag) =>
        traits.Tags?.MaxLength is { } most && tag.Length > most ? tag[..most] : tag;

    private readonly struct Reader(ChargeStation station, string zone)
    {
        private QuirkTraits Traits => station.Quirks;

        public TransactionStarted Start(TransactionStarted m)
        {
            var read = m with { IdTag = Tag(m.IdTag), MeterStart = Register(m.MeterStart), At = Time(m.At) };
            // Retries are known by what the station wrote: also while people change how it is read.
            return read == m ? m : read with { Key = TransactionMachine.KeyOf(m) };
        }

        public TransactionEnded End(TransactionEnded m)
        {
            var readings = Readings(m.Readings);
            var tag = m.IdTag is null ? null : Tag(m.IdTag);
            var (at, register) = (Time(m.At), Register(m.MeterStop));
            return readings == m.Readings && tag == m.IdTag && at == m.At && register == m.MeterStop
                ? m
                : m with { Readings = readings, IdTag = tag, At = at, MeterStop = register };
        }

        public TransactionTold Told(TransactionTold m)
        {
            var readings = Readings(m.Readings);
            var tag = m.IdTag is null ? null : Tag(m.IdTag);
            var at = Time(m.At);
            return readings == m.Readings && tag == m.IdTag && at == m.At
                ? m
                : m with { Readings = readings, IdTag = tag, At = at };
        }

        public StationTime Time(StationTime at)
        {
            if (Traits.Time is not { } clock || at.AtMs is not { } ms) return at;
            if (at.Flaw != TimeFlaw.NoZone && !clock.Always) return at;
            return at with { AtMs = ms - OffsetMs(clock, ms), Flaw = TimeFlaw.None };
        }

        private long OffsetMs(ClockTrait clock, long localMs)
        {
            if (clock.Zone is null) return clock.OffsetMinutes * 60_000L;
            var name = clock.Zone == ClockTrait.OfLocation ? zone : clock.Zone;
            if (!TimeZoneInfo.TryFindSystemTimeZoneById(name, out var info)) return 0;
            var local = DateTime.UnixEpoch.AddMilliseconds(localMs);
            return (long)info.GetUtcOffset(DateTime.SpecifyKind(local, DateTimeKind.Unspecified)).TotalMilliseconds;
        }

        public ImmutableArray<MeterReading> Readings(ImmutableArray<MeterReading> readings)
        {
            if (Traits.Time is null && Traits.Meter.IsEmpty && Traits.Phases.IsEmpty) return readings;
            var changed = default(ImmutableArray<MeterReading>.Builder);
            for (var i = 0; i < readings.Length; i++)
            {
                var read = Reading(readings[i]);
                if (ReferenceEquals(read, readings[i])) continue;
                changed ??= readings.ToBuilder();
                changed[i] = read;
            }

            return changed?.MoveToImmutable() ?? readings;
        }

        private MeterReading Reading(MeterReading reading)
        {
            var at = Time(reading.At);
            var samples = default(ImmutableArray<Sample>.Builder);
            for (var i = 0; i < reading.Samples.Length; i++)
            {
                var read = Sample(reading.Samples[i]);
                if (read == reading.Samples[i]) continue;
                samples ??= reading.Samples.ToBuilder();
                samples[i] = read;
            }

            return samples is null && at == reading.At
                ? reading
                : new MeterReading(at, samples?.MoveToImmutable() ?? reading.Samples);
        }

        private Sample Sample(Sample sample)
        {
            foreach (var trait in Traits.Meter)
                if (trait.Measurand == sample.Measurand && (trait.Unit is null || trait.Unit == UnitOf(sample)))
                    sample = sample with { Value = sample.Value * trait.Factor };
            foreach (var trait in Traits.Phases)
            {
                if (trait.From != sample.Phase || trait.Measurand is { } only && only != sample.Measurand) continue;
                return sample with { Phase = trait.To };
            }

            return sample;
        }

        // OCPP 1.6 §7.43: Wh where the measurand is energy and no unit is given.
        private static string? UnitOf(Sample sample) => sample.RawUnit
            ?? (sample.Measurand is Measurand.EnergyActiveImportRegister or Measurand.EnergyActiveImportInterval
                or Measurand.EnergyActiveExportRegister ? "Wh" : null);

        private Energy Register(Energy register)
        {
            foreach (var trait in Traits.Meter)
                if (trait is { AlsoAtStartAndStop: true, Measurand: Measurand.EnergyActiveImportRegister })
                    return Energy.FromWh(Math.Clamp(
                        register.MilliWh / 1_000m * trait.Factor, -1_000_000_000_000m, 1_000_000_000_000m));
            return register;
        }

        public string Tag(string tag)
        {
            if (Traits.Tags?.KeepAfter is { } after && tag.IndexOf(after, StringComparison.Ordinal) is >= 0 and var at
                && at + after.Length < tag.Length) tag = tag[(at + after.Length)..];
            if (Traits.Tags?.KeepBefore is { } before
                && tag.IndexOf(before, StringComparison.Ordinal) is > 0 and var end) tag = tag[..end];
            foreach (var session in station.Sessions)
                if (session.Status == SessionStatus.Created && IsEchoOf(session.IdTag, tag)) return session.IdTag;
            return tag;
        }

        // Quirks 21 and 32: some read past the end of the tag that they were given, some are given less than all.
        private bool IsEchoOf(string given, string echoed)
        {
            if (Traits.Tags?.MaxLength is { } most && echoed.Length == most && given.Length > most)
                return given.StartsWith(echoed, StringComparison.OrdinalIgnoreCase);
            return given.Length >= TellingTag && echoed.Length > given.Length
                && echoed.StartsWith(given, StringComparison.OrdinalIgnoreCase);
        }
    }
}
