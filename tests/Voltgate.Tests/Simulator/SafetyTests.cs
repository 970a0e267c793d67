using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using System.Text.Json.Nodes;
using Voltgate.Ocpp.V16;
using Voltgate.Simulator;

namespace Voltgate.Tests.Simulator;

/// <summary>The simulated station's answers to the security whitepaper's messages are the truth.</summary>
public sealed class SafetyTests
{
    private const string Central = """{"certificateType":"CentralSystemRootCertificate"}""";

    private static readonly byte[] Image = [1, 2, 3, 4];

    [Fact]
    public void A_root_certificate_is_kept_listed_by_its_hashes_and_deleted_by_them()
    {
        var bench = SimulatorBench.Booted();
        Assert.Equal("NotFound", Status(bench, "GetInstalledCertificateIds", Central));
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        Assert.Equal("Accepted", Install(bench, Pem(key)));
        Assert.Equal("Accepted", Install(bench, Pem(key)));
        Assert.Equal("Rejected", Install(bench, "nonsense"));
        Assert.Equal("Rejected", Install(bench, Pem(key, years: -1)));
        var listed = JsonNode.Parse(bench.Order("GetInstalledCertificateIds", Central))!;
        foreach (var hash in listed["certificateHashData"]!.AsArray())
            Assert.Equal("Accepted", Status(bench, "DeleteCertificate", $$"""{"certificateHashData":{{hash}}}"""));
        Assert.Empty(bench.State.Certificates);
    }

    [Fact]
    public void Only_a_firmware_that_its_certificate_signed_is_installed()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        Assert.Equal(
            ["Downloading", "Downloaded", "SignatureVerified", "Installing", "Installed"], Update(key, Image));
        Assert.Equal(["Downloading", "Downloaded", "InvalidSignature"], Update(key, [1, 2, 3, 5]));
        Assert.Equal(["Downloading", "DownloadFailed"], Update(key, null));
        var bench = SimulatorBench.Booted();
        Assert.Equal("InvalidCertificate", Status(bench, "SignedUpdateFirmware", Order("nonsense", "")));
    }

    [Fact]
    public void A_log_goes_where_it_is_wanted_and_the_station_tells_how_that_went()
    {
        var bench = SimulatorBench.Booted();
        var order = """{"logType":"SecurityLog","requestId":5,"log":{"remoteLocation":"http://127.0.0.1:9/up"}}""";
        Assert.Equal("Accepted", Status(bench, "GetLog", order));
        Assert.Equal("AcceptedCanceled", Status(bench, "GetLog", order.Replace(":5", ":6", StringComparison.Ordinal)));
        Assert.Equal(6, bench.Others.OfType<Upload>().Last().Request);
        bench.Give(new Uploaded(5, true));
        bench.Give(new Uploaded(6, false));
        bench.Pass(1);
        Assert.Equal(
            [UploadLogStatus.Uploading, UploadLogStatus.Uploading, UploadLogStatus.UploadFailure],
            bench.Said.Select(s => s.Saying.Request).OfType<LogStatusNotificationRequest>().Select(r => r.Status));
        Assert.Null(bench.State.LogRequest);
    }

    [Fact]
    public void Diagnostics_go_where_they_are_wanted()
    {
        var bench = SimulatorBench.Booted();
        Assert.Equal("{}", bench.Order("GetDiagnostics", """{"location":"nowhere"}"""));
        Assert.Equal(
            """{"fileName":"diagnostics.log"}""",
            bench.Order("GetDiagnostics", """{"location":"http://127.0.0.1:9/up"}"""));
        bench.Pass(1);
        bench.Give(new Uploaded(bench.Others.OfType<Upload>().Single().Request, true));
        bench.Pass(1);
        Assert.Equal(
            [DiagnosticsStatus.Uploading, DiagnosticsStatus.Uploaded],
            bench.Said.Select(s => s.Saying.Request).OfType<DiagnosticsStatusNotificationRequest>()
                .Select(r => r.Status));
    }

    [Fact]
    public void A_firmware_without_a_signature_is_fetched_when_its_time_comes()
    {
        var bench = SimulatorBench.Booted();
        bench.Order("UpdateFirmware", """
            {"location":"http://127.0.0.1:9/fw","retrieveDate":"2026-01-08T13:00:00Z"}
            """);
        bench.Pass(60);
        Assert.Empty(bench.Others.OfType<Fetch>());
        bench.Pass(3_600);
        bench.Give(new Fetched(bench.Others.OfType<Fetch>().Single().Request, Image));
        bench.Pass(1);
        Assert.Equal(
            ["Downloading", "Downloaded", "Installing", "Installed"],
            bench.Said.Select(s => s.Saying.Request).OfType<FirmwareStatusNotificationRequest>()
                .Select(r => r.Status.ToString()));
    }

    [Fact]
    public void What_is_triggered_by_the_longer_list_is_said()
    {
        var bench = SimulatorBench.Booted();
        Assert.Equal("Accepted", Trigger(bench, "LogStatusNotification"));
        Assert.Equal("Accepted", Trigger(bench, "FirmwareStatusNotification"));
        Assert.Equal("Accepted", Trigger(bench, "Heartbeat"));
        Assert.Equal("NotImplemented", Trigger(bench, "SignChargePointCertificate"));
        bench.Pass(1);
        Assert.Equal(
            ["LogStatusNotification", "SignedFirmwareStatusNotification", "Heartbeat"],
            bench.Said.Select(s => s.Saying.Action));
    }

    private static string[] Update(ECDsa key, byte[]? arrives)
    {
        var bench = SimulatorBench.Booted();
        var signature = key.SignData(Image, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
        Assert.Equal(
            "Accepted", Status(bench, "SignedUpdateFirmware", Order(Pem(key), Convert.ToBase64String(signature))));
        Assert.Equal(3, bench.Others.OfType<Fetch>().Single().Request);
        bench.Give(new Fetched(3, arrives));
        bench.Pass(1);
        return
        [
            .. bench.Said.Select(s => s.Saying.Request).OfType<SignedFirmwareStatusNotificationRequest>()
                .Select(r => r.Status.ToString()),
        ];
    }

    private static string Order(string pem, string signature) => $$"""
        {"requestId":3,"firmware":{"location":"http://127.0.0.1:9/fw","retrieveDateTime":"2026-01-08T11:00:00Z",
         "signingCertificate":{{JsonSerializer.Serialize(pem)}},"signature":"{{signature}}"} }
        """;

    private static string Install(SimulatorBench bench, string pem) => Status(bench, "InstallCertificate", $$"""
        {"certificateType":"CentralSystemRootCertificate","certificate":{{JsonSerializer.Serialize(pem)}}}
        """);

    private static string Trigger(SimulatorBench bench, string message) =>
        Status(bench, "ExtendedTriggerMessage", $$"""{"requestedMessage":"{{message}}"}""");

    private static string Status(SimulatorBench bench, string action, string payload) =>
        (string)JsonNode.Parse(bench.Order(action, payload))!["status"]!;

    private static string Pem(ECDsa key, int years = 1)
    {
        var request = new CertificateRequest("CN=Root,O=Example", key, HashAlgorithmName.SHA256);
        var now = DateTimeOffset.FromUnixTimeMilliseconds(SimulatorBench.Noon);
        using var made = request.CreateSelfSigned(now.AddYears(-2), now.AddYears(years));
        return made.ExportCertificatePem();
    }
}
