# SPDX-License-Identifier: Apache-2.0
# What `sam build` calls: one target per function of template.yaml. The reactor is built once for all of them; the stamp says
# from which sources.

STEPS := initializer publisher executor analyzer promoter cleaner recorder intake trigger provisioner
STAMP := target/packages/built
SOURCES := pom.xml $(foreach module,core aws $(STEPS),$(module)/pom.xml $(shell find $(module)/src/main -type f))

empty :=
space := $(empty) $(empty)
comma := ,

.PHONY: $(addprefix build-,$(addsuffix Function,Initializer Publisher Executor Analyzer Promoter Cleaner Recorder Sweeper Intake UploadForm Trigger Provisioner))

$(STAMP): $(SOURCES) Makefile
	rm -rf $(addsuffix /target/package,$(STEPS))
	mvn -B -q -Dquick -DskipTests -T1C -am -pl $(subst $(space),$(comma),$(STEPS)) \
	  package dependency:copy-dependencies -DincludeScope=runtime -DoutputDirectory=target/package/lib
	mkdir -p $(dir $(STAMP))
	touch $(STAMP)

# Lambda's Java runtimes put lib/*.jar on the class path.
define package
	mkdir -p "$(ARTIFACTS_DIR)/lib"
	cp $(1)/target/package/lib/*.jar $(1)/target/memtune-$(1)-*.jar "$(ARTIFACTS_DIR)/lib/"
endef

build-InitializerFunction: $(STAMP)
	$(call package,initializer)

build-PublisherFunction: $(STAMP)
	$(call package,publisher)

build-ExecutorFunction: $(STAMP)
	$(call package,executor)

build-AnalyzerFunction: $(STAMP)
	$(call package,analyzer)

build-PromoterFunction: $(STAMP)
	$(call package,promoter)

build-CleanerFunction: $(STAMP)
	$(call package,cleaner)

build-RecorderFunction: $(STAMP)
	$(call package,recorder)

build-SweeperFunction: $(STAMP)
	$(call package,cleaner)

build-IntakeFunction: $(STAMP)
	$(call package,intake)

build-UploadFormFunction: $(STAMP)
	$(call package,intake)

build-TriggerFunction: $(STAMP)
	$(call package,trigger)

build-ProvisionerFunction: $(STAMP)
	$(call package,provisioner)
